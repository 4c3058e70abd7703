using Linli.Kernel.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts;

/// <summary>Somebody who signs in: staff of any organisation. What they may do is in their appointments, never here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int MaxNameLength = 40;

    public required string Name { get; set; }

    /// <summary>What the account was called before: what is about somebody of that name stays closed to it (回避), whether it was written then or is written later.</summary>
    public List<string> FormerNames { get; private set; } = [];

    public string? NameEn { get; set; }

    /// <summary>Where letters go; read through <see cref="AccountVault"/> alone.</summary>
    public SealedText? Mailbox { get; set; }

    /// <summary>Mobile telephone, for messages about the account itself; read through <see cref="AccountVault"/> alone.</summary>
    public SealedText? Mobile { get; set; }

    /// <summary>The address as versions before sealing wrote it; emptied by <see cref="SealOldAccounts"/>.</summary>
    public string? OldEmail { get; set; }

    /// <summary>zh or en; absent: as the browser asks.</summary>
    public string? Language { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>Hash of the one-time code with which the person chooses a password; absent when none is open.</summary>
    public string? CodeHash { get; set; }

    public DateTimeOffset? CodeEndsAt { get; set; }

    /// <summary>The code also takes the place of the second factor, and takes it away: given where there is no second administrator to agree.</summary>
    public bool CodeResetsFactor { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Secret of the authenticator app, encrypted; absent when there is none.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>A new secret that has not been confirmed yet.</summary>
    public string? TotpPending { get; set; }

    /// <summary>The time step of the last code that was used: neither it nor an earlier one works again.</summary>
    public long TotpStep { get; set; }

    /// <summary>Since when the account should have a second factor and has none; the time of grace runs from here.</summary>
    public DateTimeOffset? FactorMissingSince { get; set; }

    /// <summary>Every name that somebody may mean the account by.</summary>
    public IEnumerable<string> Names => FormerNames.Prepend(Name);

    public void Rename(string name)
    {
        if (name != Name && !FormerNames.Contains(Name))
        {
            FormerNames = [.. FormerNames, Name];
        }

        Name = name;
    }

    internal static void Map(EntityTypeBuilder<Account> account)
    {
        account.ToTable("shell_account");
        account.HasIndex(a => a.NormalizedUserName).IsUnique();
        account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        account.Property(a => a.UserName).IsRequired();
        account.Property(a => a.NormalizedUserName).IsRequired();
        account.Property(a => a.SecurityStamp).IsRequired();
        account.Property(a => a.OldEmail).HasColumnName("Email");
        account.Ignore(a => a.Names);
        account.Ignore(a => a.Email);
        account.Ignore(a => a.NormalizedEmail);
        account.Ignore(a => a.EmailConfirmed);
        account.Ignore(a => a.PhoneNumber);
        account.Ignore(a => a.PhoneNumberConfirmed);
        account.Ignore(a => a.TwoFactorEnabled);
        account.Ignore(a => a.AccessFailedCount);
        account.Ignore(a => a.LockoutEnabled);
        account.Ignore(a => a.LockoutEnd);
    }
}
