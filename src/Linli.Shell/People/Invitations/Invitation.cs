using Linli.Kernel.Privacy;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.People.Invitations;

/// <summary>邀请: somebody may make an account for themselves, with the posts that stand here. There is no account before it is accepted.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of the token in the link; the token itself is told once.</summary>
    public required string TokenHash { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }

    /// <summary>Where the link was sent; null when it was printed and handed over.</summary>
    public SealedText? Mailbox { get; set; }

    /// <summary>The address as versions before sealing wrote it; emptied by <see cref="SealOldAccounts"/>.</summary>
    public string? OldEmail { get; set; }

    public string? Language { get; init; }

    /// <summary>The posts, as JSON of <see cref="PostInput"/>; checked again when they take effect.</summary>
    public required string Posts { get; init; }
    public required Guid InvitedBy { get; init; }
    public required DateTimeOffset InvitedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public Guid? AccountId { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    public bool IsOpenAt(DateTimeOffset now) => AcceptedAt is null && WithdrawnAt is null && EndsAt > now;

    internal static void Map(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("shell_invitation");
        invitation.Property(i => i.OldEmail).HasColumnName("Email");
        invitation.Property(i => i.TokenHash).HasMaxLength(64);
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        invitation.Property(i => i.Posts).HasMaxLength(8_000);
        invitation.Property(i => i.AcceptedAt).IsConcurrencyToken();
        invitation.Property(i => i.WithdrawnAt).IsConcurrencyToken();
        invitation.HasIndex(i => i.InvitedAt);
    }
}
