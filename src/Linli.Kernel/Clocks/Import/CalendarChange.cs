namespace Linli.Kernel.Clocks.Import;

/// <summary>A due time that a changed calendar moves.</summary>
public sealed record MovedDue<TKey>(TKey Key, DateTimeOffset Before, DateTimeOffset After);

/// <summary>What a change of a calendar would do: the preview before it is taken over, and afterwards the list of those affected.</summary>
public static class CalendarChange
{
    /// <summary>The clocks whose due time differs, in the order given. Clocks that stand still have none and are left out.</summary>
    public static IEnumerable<MovedDue<TKey>> Moves<TKey>(WorkCalendar before, WorkCalendar after, IEnumerable<(TKey Key, ClockLedger Ledger)> clocks)
    {
        foreach (var (key, ledger) in clocks)
        {
            if (ledger.DueOn(before) is { } old && ledger.DueOn(after) is { } now && old != now)
            {
                yield return new MovedDue<TKey>(key, old, now);
            }
        }
    }

    /// <summary>The dates that are open in one and not in the other, or have other hours.</summary>
    public static IEnumerable<(WorkDay Before, WorkDay After)> Days(WorkCalendar before, WorkCalendar after, int year)
    {
        for (var date = new DateOnly(year - 1, 12, 1); date.Year <= year; date = date.AddDays(1))
        {
            var (old, now) = (before.On(date), after.On(date));
            if (!old.Hours.SequenceEqual(now.Hours))
            {
                yield return (old, now);
            }
        }
    }
}
