using System.Collections.Concurrent;

namespace Linli.Kernel.Clocks;

/// <summary>
/// A time zone's offsets over the years that calendars cover, as a table of minutes. <see cref="TimeZoneInfo"/> stays the authority;
/// asking it costs a hundred nanoseconds a time, and a calendar asks often.
/// Minutes are counted from 1880-01-01T00:00Z; local minutes are the same plus the offset.
/// </summary>
internal sealed class ZoneOffsets
{
    public const int FirstYear = 1880;
    public const int LastYear = 2260;
    public static readonly DateOnly FirstDay = new(FirstYear, 1, 1);
    public static readonly int Days = new DateOnly(LastYear, 12, 31).DayNumber - FirstDay.DayNumber + 1;
    public static readonly long EpochTicks = FirstDay.ToDateTime(TimeOnly.MinValue).Ticks;

    private static readonly ConcurrentDictionary<string, ZoneOffsets> Known = new();

    private readonly int[] _from;
    private readonly int[] _offset;

    private ZoneOffsets(TimeZoneInfo zone)
    {
        List<int> from = [int.MinValue];
        List<int> offset = [Ask(zone, 0)];
        for (var day = 1; day <= Days; day++)
        {
            var now = Ask(zone, day * OpenHours.DayMinutes);
            if (now != offset[^1])
            {
                from.Add(FirstMinuteOf(zone, now, day));
                offset.Add(now);
            }
        }

        // Before standard time a place had its own mean time, to the second (Shanghai +08:05:43 until 1901). Nobody counts working hours
        // by it: the zone's first standard time is taken for those years too.
        if (offset.Count > 1 && offset[0] % 15 != 0)
        {
            from.RemoveAt(1);
            offset.RemoveAt(0);
        }

        (_from, _offset) = ([.. from], [.. offset]);
    }

    public int Count => _from.Length;

    public static ZoneOffsets Of(TimeZoneInfo zone) => Known.GetOrAdd(zone.Id, _ => new ZoneOffsets(zone));

    /// <summary>The n-th stretch with one offset: [from, to) in UTC minutes, and the offset.</summary>
    public (int From, int To, int Offset) this[int n] => (_from[n], n + 1 < _from.Length ? _from[n + 1] : int.MaxValue, _offset[n]);

    /// <summary>Minutes east of UTC.</summary>
    public int At(int utcMinute)
    {
        // Nearly every question is about the present, and most zones have ended their changes.
        if (utcMinute >= _from[^1])
        {
            return _offset[^1];
        }

        return _offset[IndexAt(utcMinute)];
    }

    /// <summary>The n-th stretch holds this minute.</summary>
    public int IndexAt(int utcMinute)
    {
        var found = Array.BinarySearch(_from, utcMinute);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>
    /// What the clock on the wall shows, in ticks since the local 1880-01-01. An hour that is repeated counts once: its second pass
    /// reads as its end, so that later instants never read earlier.
    /// </summary>
    public long ToWall(long utcTicks)
    {
        var n = IndexAt((int)(utcTicks / TimeSpan.TicksPerMinute));
        var wall = utcTicks + (_offset[n] * TimeSpan.TicksPerMinute);
        return n == 0 ? wall : Math.Max(wall, (_from[n] + (long)_offset[n - 1]) * TimeSpan.TicksPerMinute);
    }

    /// <summary>The first instant at which the clock on the wall shows this, or has passed it: a skipped hour gives its end.</summary>
    public long ToUtc(long wallTicks)
    {
        var n = Math.Max(0, IndexAt((int)(wallTicks / TimeSpan.TicksPerMinute) - OpenHours.DayMinutes));
        while (n + 1 < _from.Length && wallTicks >= (_from[n + 1] + (long)_offset[n]) * TimeSpan.TicksPerMinute)
        {
            n++;
        }

        return n == 0
            ? wallTicks - (_offset[0] * TimeSpan.TicksPerMinute)
            : Math.Max(wallTicks - (_offset[n] * TimeSpan.TicksPerMinute), _from[n] * TimeSpan.TicksPerMinute);
    }

    private static int FirstMinuteOf(TimeZoneInfo zone, int offset, int day)
    {
        var (before, after) = ((day - 1) * OpenHours.DayMinutes, day * OpenHours.DayMinutes);
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            if (Ask(zone, middle) == offset)
            {
                after = middle;
            }
            else
            {
                before = middle;
            }
        }

        return after;
    }

    private static int Ask(TimeZoneInfo zone, int utcMinute) =>
        (int)zone.GetUtcOffset(new DateTime(EpochTicks + (utcMinute * TimeSpan.TicksPerMinute), DateTimeKind.Utc)).TotalMinutes;
}
