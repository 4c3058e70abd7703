using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

internal static class SuggestionModel
{
    public static void AddSuggestions(this ModelBuilder model)
    {
        model.Entity<SuggestionRecord>(record =>
        {
            record.ToTable("requests_suggestion");
            record.HasIndex(r => r.At);
            record.HasIndex(r => r.RequestId);
            record.Property(r => r.Why).HasMaxLength(400);
            record.Property(r => r.Model).HasMaxLength(40);
            record.HasOne<ServiceRequest>().WithMany().HasForeignKey(r => r.RequestId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RoutingModel>(kept =>
        {
            kept.ToTable("requests_routing_model");
            kept.HasKey(m => m.Version);
            kept.Property(m => m.Version).ValueGeneratedNever();
            kept.Property(m => m.Comparison).HasMaxLength(40_000);
        });
    }
}
