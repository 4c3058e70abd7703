using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts;

/// <summary>Somebody who signs in: staff of any organisation. What they may do is in their appointments, never here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int MaxNameLength = 40;

    public required string Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>zh or en; absent: as the browser asks.</summary>
    public string? Language { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>Hash of the one-time code with which the person chooses a password; absent when none is open.</summary>
    public string? CodeHash { get; set; }

    public DateTimeOffset? CodeEndsAt { get; set; }

    internal static void Map(EntityTypeBuilder<Account> account)
    {
        account.ToTable("shell_account");
        account.HasIndex(a => a.NormalizedUserName).IsUnique();
        account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        account.Property(a => a.UserName).IsRequired();
        account.Property(a => a.NormalizedUserName).IsRequired();
        account.Property(a => a.SecurityStamp).IsRequired();
        account.Ignore(a => a.EmailConfirmed);
        account.Ignore(a => a.PhoneNumber);
        account.Ignore(a => a.PhoneNumberConfirmed);
        account.Ignore(a => a.TwoFactorEnabled);
    }
}
