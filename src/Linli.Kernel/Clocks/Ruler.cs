namespace Linli.Kernel.Clocks;

/// <summary>
/// Measures running time in the unit of one part of a budget: open ticks, ticks, or (rule "next-day") closing times passed.
/// </summary>
internal readonly struct Ruler(WorkCalendar calendar, BudgetUnit unit, DayRule rule, DateTimeOffset origin)
{
    // The date of the start does not count, though its closing time may still be ahead.
    private readonly int _firstDay = unit == BudgetUnit.WorkingDays && rule == DayRule.NextDay ? calendar.WorkingDaysUpTo(origin) : -1;

    /// <summary>Counts whole working days by their closing times.</summary>
    public bool CountsDays => _firstDay >= 0;

    public bool CountsOpenTime => unit is BudgetUnit.WorkingDays or BudgetUnit.WorkingHours && !CountsDays;

    public long LengthOf(long amount) => unit switch
    {
        BudgetUnit.WorkingDays when rule == DayRule.NextDay => amount,
        BudgetUnit.WorkingDays => amount * calendar.StandardDay.Ticks,
        BudgetUnit.WorkingHours or BudgetUnit.Hours => amount * TimeSpan.TicksPerHour,
        BudgetUnit.Minutes => amount * TimeSpan.TicksPerMinute,
        BudgetUnit.NaturalDays => (calendar.AddDays(origin, (int)amount) - origin).Ticks,
        _ => throw new InvalidOperationException($"No length is known for {unit}."),
    };

    public DateTimeOffset Add(DateTimeOffset from, long length)
    {
        if (CountsDays)
        {
            return calendar.AtClosing((int)(Closed(from) + length - 1));
        }

        return CountsOpenTime ? calendar.AddOpen(from, new TimeSpan(length)) : calendar.Local(from + new TimeSpan(length));
    }

    public long Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (CountsDays)
        {
            return Closed(to) - Closed(from);
        }

        return CountsOpenTime ? calendar.OpenBetween(from, to).Ticks : (to - from).Ticks;
    }

    private int Closed(DateTimeOffset instant) => Math.Max(_firstDay, calendar.WorkingDaysClosedBy(instant));
}
