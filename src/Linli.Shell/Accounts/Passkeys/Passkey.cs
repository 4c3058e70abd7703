using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.Passkeys;

/// <summary>通行密钥: a key on a telephone, computer or stick that signs its owner in (WebAuthn). Only the public half is here.</summary>
public sealed class Passkey
{
    public const int MaxNameLength = 40;
    public const int Most = 20;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }
    public required string Name { get; set; }
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }

    /// <summary>Grows with every use on keys that count; one that does not grow is a copy, and refused.</summary>
    public long SignCount { get; set; }

    /// <summary>How a browser reaches it: internal, hybrid, usb; with commas.</summary>
    public required string Transports { get; init; }
    public bool IsUserVerified { get; set; }
    public required bool IsBackupEligible { get; init; }
    public bool IsBackedUp { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>As the framework checks it. How the key was made is not kept: nobody asks for a maker.</summary>
    internal UserPasskeyInfo ForCheck() =>
        new(CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), IsUserVerified, IsBackupEligible, IsBackedUp, [], []) { Name = Name };

    internal static void Map(EntityTypeBuilder<Passkey> passkey)
    {
        passkey.ToTable("shell_passkey");
        passkey.Property(p => p.Name).HasMaxLength(MaxNameLength);
        passkey.Property(p => p.CredentialId).HasMaxLength(1024);
        passkey.HasIndex(p => p.CredentialId).IsUnique();
        passkey.HasIndex(p => p.AccountId);
        passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
