namespace Linli.Kernel.Clocks;

/// <summary>
/// All the open time of a calendar, 1880–2260, as sorted stretches with running totals, so that every question is a look-up:
/// how much open time lies before an instant, and at which instant has so much passed. Built once, a few megabytes, never changed.
/// All figures are minutes since <see cref="ZoneOffsets.EpochTicks"/>; what is finer is carried along in ticks.
/// </summary>
internal sealed class OpenTime
{
    private const int BucketBits = 12;

    private readonly int[] _start;
    private readonly int[] _before;
    private readonly int[] _firstEndingAfterDay;
    private readonly int[] _bucket;
    private readonly int[] _workingDaysBefore;
    private readonly int[] _closing;
    private readonly int _count;

    public OpenTime(ZoneOffsets zone, Func<int, IReadOnlyList<OpenHours>> hoursOfDay)
    {
        var build = new OpenTimeBuilder(zone, hoursOfDay);
        (_start, _before, _workingDaysBefore, _closing) = (build.Start, build.Before, build.WorkingDaysBefore, build.Closing);
        _count = _start.Length;
        _firstEndingAfterDay = new int[ZoneOffsets.Days + 1];
        for (int day = 0, i = 0; day <= ZoneOffsets.Days; day++)
        {
            while (i < _count && EndOf(i) <= day * OpenHours.DayMinutes)
            {
                i++;
            }

            _firstEndingAfterDay[day] = i;
        }

        _bucket = new int[(_before[_count] >> BucketBits) + 2];
        for (int bucket = 0, i = 0; bucket < _bucket.Length; bucket++)
        {
            while (i < _count - 1 && _before[i + 1] <= (long)bucket << BucketBits)
            {
                i++;
            }

            _bucket[bucket] = i;
        }
    }

    /// <summary>Open ticks before the instant.</summary>
    public long Before(long ticks)
    {
        var i = FirstEndingAfter(ticks, out var minute, out var rest);
        return i == _count || minute < _start[i]
            ? _before[i] * TimeSpan.TicksPerMinute
            : ((_before[i] + minute - _start[i]) * TimeSpan.TicksPerMinute) + rest;
    }

    public bool IsOpen(long ticks)
    {
        var i = FirstEndingAfter(ticks, out var minute, out _);
        return i < _count && minute >= _start[i];
    }

    /// <summary>The instant itself where it is open, or the next opening.</summary>
    public long NextOpening(long ticks)
    {
        var i = FirstEndingAfter(ticks, out var minute, out _);
        return minute >= _start[Reachable(i)] ? ticks : _start[i] * TimeSpan.TicksPerMinute;
    }

    /// <summary>The earliest instant at which so much open time has passed: closing time rather than the next opening.</summary>
    public long Earliest(long open) => At(open, (open - 1) / TimeSpan.TicksPerMinute);

    /// <summary>The latest instant at which no more open time than this has passed: opening rather than closing time.</summary>
    public long Latest(long open) => At(open, open / TimeSpan.TicksPerMinute);

    /// <summary>How many working days lie before this local day (days since 1880-01-01).</summary>
    public int WorkingDaysBefore(int day) => _workingDaysBefore[day >= 0 && day <= ZoneOffsets.Days ? day : throw OutOfYears()];

    /// <summary>Closing time of the n-th working day.</summary>
    public long Closing(int workingDay) =>
        _closing[workingDay >= 0 && workingDay < _closing.Length ? workingDay : throw OutOfYears()] * TimeSpan.TicksPerMinute;

    private static ArgumentOutOfRangeException OutOfYears() =>
        new(null, $"Beyond the years that a work calendar covers ({ZoneOffsets.FirstYear}–{ZoneOffsets.LastYear}).");

    private int Reachable(int i) => i < _count ? i : throw OutOfYears();

    private int EndOf(int i) => _start[i] + _before[i + 1] - _before[i];

    private int FirstEndingAfter(long ticks, out int minute, out long rest)
    {
        if (ticks < 0 || ticks >= ZoneOffsets.Days * TimeSpan.TicksPerDay)
        {
            throw OutOfYears();
        }

        minute = (int)(ticks / TimeSpan.TicksPerMinute);
        rest = ticks - (minute * TimeSpan.TicksPerMinute);
        var i = _firstEndingAfterDay[minute / OpenHours.DayMinutes];
        while (i < _count && EndOf(i) <= minute)
        {
            i++;
        }

        return i;
    }

    /// <summary>Finds the stretch that holds this open minute: a bucket says where, a short search says which.</summary>
    private long At(long open, long openMinute)
    {
        if (open < 0 || openMinute >= _before[_count])
        {
            throw OutOfYears();
        }

        var (low, high) = (_bucket[openMinute >> BucketBits], _bucket[(openMinute >> BucketBits) + 1]);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (_before[middle] <= openMinute)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return open + ((_start[low] - (long)_before[low]) * TimeSpan.TicksPerMinute);
    }
}
