namespace Linli.Kernel.Clocks;

/// <summary>
/// Lays the local hours of every day onto the line of UTC minutes. Open is what the clock on the wall says: an hour that a
/// daylight-saving change skips is not there, and one that it repeats is there twice.
/// </summary>
internal sealed class OpenTimeBuilder
{
    private readonly List<(int Start, int End)> _stretches = new(ZoneOffsets.Days * 2);

    public OpenTimeBuilder(ZoneOffsets zone, Func<int, IReadOnlyList<OpenHours>> hoursOfDay)
    {
        WorkingDaysBefore = new int[ZoneOffsets.Days + 1];
        List<int> closing = new(ZoneOffsets.Days);
        var first = 0;
        for (var day = 0; day < ZoneOffsets.Days; day++)
        {
            // A day of slack covers every offset that a zone ever had.
            while (zone[first].To < (day - 2) * OpenHours.DayMinutes)
            {
                first++;
            }

            var closes = LayOut(zone, first, day, hoursOfDay(day));
            if (closes is { } minute)
            {
                closing.Add(minute);
            }

            WorkingDaysBefore[day + 1] = closing.Count;
        }

        Closing = [.. closing];
        (Start, Before) = Sum();
    }

    /// <summary>Where each stretch begins.</summary>
    public int[] Start { get; }

    /// <summary>Open minutes before each stretch; one more entry than there are stretches, the last is the total.</summary>
    public int[] Before { get; }

    public int[] WorkingDaysBefore { get; }

    /// <summary>When each working day closes.</summary>
    public int[] Closing { get; }

    private int? LayOut(ZoneOffsets zone, int first, int day, IReadOnlyList<OpenHours> hours)
    {
        int? closes = null;
        var midnight = day * OpenHours.DayMinutes;
        for (var n = first; hours.Count > 0 && n < zone.Count && zone[n].From < midnight + (2 * OpenHours.DayMinutes); n++)
        {
            var (from, to, offset) = zone[n];
            for (var h = 0; h < hours.Count; h++)
            {
                var start = Math.Max(midnight + hours[h].From - offset, Math.Max(from, 0));
                var end = Math.Min(midnight + hours[h].To - offset, Math.Min(to, ZoneOffsets.Days * OpenHours.DayMinutes));
                if (start < end)
                {
                    Add(start, end);
                    closes = end;
                }
            }
        }

        return closes;
    }

    private void Add(int start, int end)
    {
        // Out of order only where the clocks went back over midnight.
        var at = _stretches.Count;
        while (at > 0 && _stretches[at - 1].Start > start)
        {
            at--;
        }

        _stretches.Insert(at, (start, end));
    }

    private (int[] Start, int[] Before) Sum()
    {
        List<int> starts = new(_stretches.Count);
        List<int> before = new(_stretches.Count + 1);
        var (total, lastEnd) = (0, -1);
        foreach (var (start, end) in _stretches)
        {
            if (start != lastEnd)
            {
                starts.Add(start);
                before.Add(total);
            }

            total += end - start;
            lastEnd = end;
        }

        before.Add(total);
        return ([.. starts], [.. before]);
    }
}
