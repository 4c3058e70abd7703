using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Requests.Catalogue;

internal static class CatalogueModel
{
    public static void AddCatalogue(this ModelBuilder model)
    {
        model.Entity<ServiceGroup>(group =>
        {
            group.ToTable("requests_service_group");
            group.HasKey(g => g.Code);
            AsJson(group.Property(g => g.Sectors)).HasDefaultValue(new List<string>());
        });
        model.Entity<ServiceType>(type =>
        {
            type.ToTable("requests_service_type");
            type.HasKey(t => t.Code);
            type.HasOne<ServiceGroup>().WithMany().HasForeignKey(t => t.GroupCode).OnDelete(DeleteBehavior.Restrict);
            type.Property(t => t.DescriptionZh).HasMaxLength(2_000);
            type.Property(t => t.DescriptionEn).HasMaxLength(2_000);
            type.Property(t => t.Source).HasMaxLength(2_000);
            AsJson(type.Property(t => t.Keywords));
            AsJson(type.Property(t => t.KeywordsEn));
            AsJson(type.Property(t => t.Sectors));
            AsJson(type.Property(t => t.Budgets));
            AsJson(type.Property(t => t.Fields));
        });
        model.Entity<ReasonCode>(reason =>
        {
            reason.ToTable("requests_reason_code");
            reason.HasKey(r => new { r.Kind, r.Code });
            reason.Property(r => r.InsteadZh).HasMaxLength(1_000);
            reason.Property(r => r.InsteadEn).HasMaxLength(1_000);
        });
        model.Entity<Responsibility>(responsibility =>
        {
            responsibility.ToTable("requests_responsibility");
            responsibility.Ignore(r => r.HoursADay).Ignore(r => r.Hours);
            responsibility.Property(r => r.Site).HasMaxLength(200);
            responsibility.HasOne<ServiceType>().WithMany().HasForeignKey(r => r.ServiceTypeCode).OnDelete(DeleteBehavior.Restrict);
            responsibility.HasOne<ServiceGroup>().WithMany().HasForeignKey(r => r.GroupCode).OnDelete(DeleteBehavior.Restrict);
            responsibility.HasOne<Area>().WithMany().HasForeignKey(r => r.AreaCode).OnDelete(DeleteBehavior.Restrict);
            responsibility.HasOne<Organisation>().WithMany().HasForeignKey(r => r.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static PropertyBuilder<T> AsJson<T>(PropertyBuilder<T> property) where T : class?
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Json.Plain),
            text => JsonSerializer.Deserialize<T>(text, Json.Plain)!,
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Json.Plain) == JsonSerializer.Serialize(b, Json.Plain),
                value => JsonSerializer.Serialize(value, Json.Plain).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Json.Plain), Json.Plain)!));
        return property.HasMaxLength(40_000);
    }
}
