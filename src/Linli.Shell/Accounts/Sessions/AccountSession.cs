using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>By what somebody showed who they are.</summary>
public enum Means
{
    Password,
    PasswordAndCode,
    Passkey,

    /// <summary>A code of an administrator or an invitation, with which a password was chosen.</summary>
    OneTimeCode,

    /// <summary>A code sent to a telephone or an e-mail address: residents.</summary>
    SentCode,
}

/// <summary>
/// One sign-in on one device. The cookie carries its key, encrypted; the row decides whether it still holds, so that it can be ended from elsewhere.
/// Bound to the security stamp of its account: a new stamp ends all of them in the same commit.
/// </summary>
public sealed class AccountSession
{
    public Guid Id { get; init; } = Guid.NewGuid();
    public required Guid AccountId { get; init; }

    /// <summary>Staff or resident; which table <see cref="AccountId"/> stands in.</summary>
    public required ActorKind Kind { get; init; }

    public required string Stamp { get; init; }
    public required Means Means { get; init; }
    public required Guid DeviceId { get; init; }

    /// <summary>Browser and system, coarse: "Chrome · Windows".</summary>
    public required string Device { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last call; written at most once a minute.</summary>
    public required DateTimeOffset UsedAt { get; set; }

    /// <summary>When password, passkey or code was given last.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    internal static void Map(EntityTypeBuilder<AccountSession> session)
    {
        session.ToTable("shell_session");
        session.Property(s => s.Device).HasMaxLength(80);
        session.HasIndex(s => new { s.AccountId, s.EndedAt });
        session.HasIndex(s => s.EndsAt);
    }
}
