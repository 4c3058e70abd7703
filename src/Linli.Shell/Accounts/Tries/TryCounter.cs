using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Accounts.Tries;

/// <summary>How often somebody guessed wrong, by whatever the counter is about.</summary>
public sealed class TryCounter
{
    /// <summary>Rule and what it counts, hashed: the table tells nobody who signs in from where.</summary>
    public required string Key { get; init; }

    public int Failures { get; set; }
    public DateTimeOffset LastAt { get; set; }

    /// <summary>No try is looked at before this.</summary>
    public DateTimeOffset NextAt { get; set; }

    internal static void Map(EntityTypeBuilder<TryCounter> counter)
    {
        counter.ToTable("shell_try_counter");
        counter.HasKey(c => c.Key);
        counter.Property(c => c.Key).HasMaxLength(64);
        counter.Property(c => c.Failures).IsConcurrencyToken();
        counter.HasIndex(c => c.LastAt);
    }
}
