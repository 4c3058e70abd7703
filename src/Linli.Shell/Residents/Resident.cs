using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Residents;

/// <summary>
/// A resident who chose to have an account: a telephone number or an e-mail address, sealed, and nothing else. Residents without one can do everything
/// that residents with one can do; there is no list of them, and nothing is counted about them.
/// </summary>
public sealed class Resident
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public SealedText? Phone { get; set; }
    public string? PhoneIndex { get; set; }
    public SealedText? Email { get; set; }
    public string? EmailIndex { get; set; }
    public required string SecurityStamp { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal static void Map(EntityTypeBuilder<Resident> resident)
    {
        resident.ToTable("shell_resident");
        resident.Property(r => r.PhoneIndex).HasMaxLength(BlindIndex.Length);
        resident.Property(r => r.EmailIndex).HasMaxLength(BlindIndex.Length);
        resident.HasIndex(r => r.PhoneIndex).IsUnique();
        resident.HasIndex(r => r.EmailIndex).IsUnique();
    }
}

/// <summary>验证码: six digits on their way to a telephone or an e-mail address, for ten minutes and five tries.</summary>
public sealed class SentCode
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    public const int MostTries = 5;

    public Guid Id { get; init; } = Guid.NewGuid();
    public required bool IsPhone { get; init; }
    public SealedText? Recipient { get; set; }
    public required string RecipientIndex { get; init; }

    /// <summary>Set when a resident wants to be reached there from now on; null for signing in.</summary>
    public Guid? ResidentId { get; init; }

    /// <summary>The digits, encrypted; gone once they were used.</summary>
    public required string Code { get; set; }
    public required DateTimeOffset SentAt { get; init; }
    public int Tries { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    internal static void Map(EntityTypeBuilder<SentCode> code)
    {
        code.ToTable("shell_sent_code");
        code.Property(c => c.RecipientIndex).HasMaxLength(BlindIndex.Length);
        code.Property(c => c.Tries).IsConcurrencyToken();
        code.Property(c => c.UsedAt).IsConcurrencyToken();
        code.HasIndex(c => c.SentAt);
    }
}
