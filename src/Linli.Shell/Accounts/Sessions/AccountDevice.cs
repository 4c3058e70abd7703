using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>A device that has signed in to an account: its wrong guesses count for itself alone, and signing in on it again is no news.</summary>
public sealed class AccountDevice
{
    /// <summary>More than these and the one unused longest is forgotten: each may guess for itself, so their number bounds the guesses.</summary>
    public const int Most = 8;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }

    /// <summary>From the device's own cookie.</summary>
    public required Guid DeviceId { get; set; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; set; }

    internal static void Map(EntityTypeBuilder<AccountDevice> device)
    {
        device.ToTable("shell_account_device");
        device.HasIndex(d => new { d.AccountId, d.DeviceId }).IsUnique();
        device.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
