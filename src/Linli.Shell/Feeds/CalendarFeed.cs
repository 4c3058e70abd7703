using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Feeds;

/// <summary>日历订阅: the secret address at which one member of staff reads their own due times and duties in a calendar program.</summary>
public sealed class CalendarFeed
{
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the secret part of the address; the address itself is told once.</summary>
    public required string TokenHash { get; set; }
    public required DateTimeOffset MadeAt { get; set; }

    internal static void Map(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.ToTable("shell_calendar_feed");
        feed.HasKey(f => f.AccountId);
        feed.Property(f => f.TokenHash).HasMaxLength(64);
        feed.HasIndex(f => f.TokenHash).IsUnique();
    }
}
