using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Inbox;

/// <summary>Something that one person should know, kept as key and values so that it is read in the reader's language.</summary>
public sealed class Notice
{
    public long Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Chinese sentence with places; key of its English.</summary>
    public required string Text { get; init; }

    /// <summary>What goes into the places, as <see cref="NoticeText"/> writes it.</summary>
    public required string Values { get; init; }

    /// <summary>Where it leads inside Linli.</summary>
    public string? Link { get; init; }

    /// <summary>Key of what it is about, as acts name it.</summary>
    public string? Subject { get; init; }

    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>The delivery that it came from: one notice per message, handler and person, whatever is repeated.</summary>
    public long? MessageId { get; init; }
    public string? Handler { get; init; }

    internal static void Map(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("shell_notice");
        notice.Property(n => n.Values).HasMaxLength(4_000);
        notice.HasIndex(n => new { n.AccountId, n.ReadAt, n.Id });
        notice.HasIndex(n => new { n.MessageId, n.Handler, n.AccountId }).IsUnique();
        notice.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
