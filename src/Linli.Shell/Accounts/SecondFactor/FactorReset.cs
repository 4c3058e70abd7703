using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>An administrator asks that somebody's second factor be taken away; another one has to agree.</summary>
public sealed class FactorReset
{
    public static readonly TimeSpan Open = TimeSpan.FromDays(3);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }
    public required Guid AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    internal static void Map(EntityTypeBuilder<FactorReset> reset)
    {
        reset.ToTable("shell_factor_reset");
        reset.Property(r => r.DecidedAt).IsConcurrencyToken();
        reset.HasIndex(r => new { r.AccountId, r.DecidedAt });
        reset.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
