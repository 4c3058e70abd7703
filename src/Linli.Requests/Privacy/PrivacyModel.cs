using Linli.Kernel.Organisations;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Privacy;

/// <summary>What a text said before its numbers were masked. Sealed; opened for those who have said why.</summary>
/// <remarks>A table of its own, so that it can be deleted alone and no list ever loads it.</remarks>
public sealed class RequestOriginal
{
    public required Guid RequestId { get; init; }

    /// <summary>Which text: title, text, address, answers.CODE, event.SEQUENCE.text, task.ID.result …</summary>
    public required string Field { get; init; }
    public required SealedText Text { get; set; }
}

/// <summary>保全: what is kept for a dispute or an inquiry is not anonymised; lifting it takes two people.</summary>
public sealed class LegalHold
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset SetAt { get; init; }
    public required Guid SetBy { get; init; }
    public string? LiftReason { get; set; }
    public DateTimeOffset? LiftAskedAt { get; set; }
    public Guid? LiftAskedBy { get; set; }
    public DateTimeOffset? LiftedAt { get; set; }
    public Guid? LiftedBy { get; set; }
}

internal static class PrivacyModel
{
    public static void AddRequestPrivacy(this ModelBuilder model)
    {
        model.Entity<RequestOriginal>(original =>
        {
            original.ToTable("requests_original");
            original.HasKey(o => new { o.RequestId, o.Field });
            original.Property(o => o.Field).HasMaxLength(100);
        });
        model.Entity<Unmasking>(unmasking =>
        {
            unmasking.ToTable("requests_unmasking");
            unmasking.Property(u => u.Id).ValueGeneratedNever();
            unmasking.HasIndex(u => new { u.RequestId, u.AskedAt });
            unmasking.HasIndex(u => new { u.AccountId, u.AskedAt });
            unmasking.HasIndex(u => new { u.DecidedAt, u.ExpiresAt });
            unmasking.Property(u => u.DecidedAt).IsConcurrencyToken();
            unmasking.Property(u => u.Reason).HasMaxLength(1_000);
            unmasking.Property(u => u.DecisionReason).HasMaxLength(1_000);
            unmasking.HasOne<ServiceRequest>().WithMany().HasForeignKey(u => u.RequestId);
            unmasking.HasOne<Organisation>().WithMany().HasForeignKey(u => u.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LegalHold>(hold =>
        {
            hold.ToTable("requests_legal_hold");
            hold.Property(h => h.Id).ValueGeneratedNever();
            hold.HasIndex(h => new { h.RequestId, h.LiftedAt });
            hold.Property(h => h.LiftedAt).IsConcurrencyToken();
            hold.Property(h => h.Reason).HasMaxLength(1_000);
            hold.Property(h => h.LiftReason).HasMaxLength(1_000);
            hold.HasOne<ServiceRequest>().WithMany().HasForeignKey(h => h.RequestId);
        });
    }
}
