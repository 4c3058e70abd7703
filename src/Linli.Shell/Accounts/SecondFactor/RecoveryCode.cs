using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>One of ten codes that stand in for a lost second factor, each once. The codes of one set share a salt, so that one slow hash finds which it is.</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }
    public required byte[] Salt { get; init; }
    public required byte[] Hash { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    internal static void Map(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("shell_recovery_code");
        code.Property(c => c.UsedAt).IsConcurrencyToken();
        code.HasIndex(c => c.AccountId);
        code.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
