using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>
/// Which hours count, and the arithmetic on them. Immutable and safe for all threads; every question is a look-up that allocates nothing.
/// Answers are in the calendar's own time zone. Instants from 1880 to 2260 can be asked about; beyond that the methods throw
/// <see cref="ArgumentOutOfRangeException"/>, so check what a person typed with <see cref="CheckStart"/> first.
/// </summary>
public sealed class WorkCalendar
{
    private readonly ZoneOffsets _zone;
    private readonly OpenTime _open;
    private readonly DayPlan _days;

    private WorkCalendar(WorkCalendarDefinition definition)
    {
        Definition = definition;
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(definition.TimeZone);
        StandardDay = TimeSpan.FromMinutes(definition.StandardDayMinutes);
        _days = new DayPlan(definition);
        _zone = ZoneOffsets.Of(TimeZone);
        _open = new OpenTime(_zone, day => _days.HoursOn(ZoneOffsets.FirstDay.AddDays(day)));
    }

    public WorkCalendarDefinition Definition { get; }
    public string Code => Definition.Code;
    public Wording Name => new(Definition.NameZh, Definition.NameEn);
    public TimeZoneInfo TimeZone { get; }

    /// <summary>The same for calendars that count alike; differs when any due time could.</summary>
    public string Mark => field ??= CalendarMark.Of(Definition);

    /// <summary>What one working day is worth under the rule "minute".</summary>
    public TimeSpan StandardDay { get; }

    /// <summary>The calendar, or every reason why there cannot be one.</summary>
    public static Outcome<WorkCalendar> Create(WorkCalendarDefinition definition)
    {
        var problems = DefinitionCheck.Of(definition);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var calendar = new WorkCalendar(definition);
        return calendar.FirstClosedYear() is { } year
            ? new Failure.Invalid("hours", "日历“{0}”在 {1} 年没有任何工作时间，按它会算不出期限。请补上那时的作息。", definition.Code, year)
            : calendar;
    }

    /// <summary>When a budget that starts here is used up. Exactly at closing time is closing time, not the next opening.</summary>
    public DateTimeOffset Add(DateTimeOffset start, Budget budget, DayRule rule) => budget.Unit switch
    {
        BudgetUnit.WorkingDays when rule == DayRule.NextDay => AtClosing(WorkingDaysUpTo(start) + budget.Amount - 1),
        BudgetUnit.WorkingDays => AddOpen(start, new TimeSpan(budget.Amount * StandardDay.Ticks)),
        BudgetUnit.WorkingHours => AddOpen(start, new TimeSpan(budget.Amount * TimeSpan.TicksPerHour)),
        BudgetUnit.NaturalDays => AddDays(start, budget.Amount),
        BudgetUnit.Hours => Local(Since(start) + (budget.Amount * TimeSpan.TicksPerHour)),
        BudgetUnit.Minutes => Local(Since(start) + (budget.Amount * TimeSpan.TicksPerMinute)),
        _ => throw new ArgumentOutOfRangeException(nameof(budget)),
    };

    /// <summary>
    /// The latest start that is still due by <paramref name="due"/>. It undoes <see cref="Add"/> up to closed time
    /// (rule "next-day": up to the working day).
    /// </summary>
    public DateTimeOffset Subtract(DateTimeOffset due, Budget budget, DayRule rule) => budget.Unit switch
    {
        BudgetUnit.WorkingDays when rule == DayRule.NextDay => AtClosing(WorkingDaysClosedBy(due) - 1 - budget.Amount),
        BudgetUnit.WorkingDays => SubtractOpen(due, new TimeSpan(budget.Amount * StandardDay.Ticks)),
        BudgetUnit.WorkingHours => SubtractOpen(due, new TimeSpan(budget.Amount * TimeSpan.TicksPerHour)),
        BudgetUnit.NaturalDays => AddDays(due, -budget.Amount),
        BudgetUnit.Hours => Local(Since(due) - (budget.Amount * TimeSpan.TicksPerHour)),
        BudgetUnit.Minutes => Local(Since(due) - (budget.Amount * TimeSpan.TicksPerMinute)),
        _ => throw new ArgumentOutOfRangeException(nameof(budget)),
    };

    /// <summary>The earliest instant by which so much open time has passed; for nothing the start itself or, if closed, the next opening.</summary>
    public DateTimeOffset AddOpen(DateTimeOffset start, TimeSpan open)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(open, TimeSpan.Zero);
        var since = Since(start);
        return open == TimeSpan.Zero ? NextOpening(start) : Local(_open.Earliest(_open.Before(since) + open.Ticks));
    }

    /// <summary>The latest instant from which so much open time leads to this one.</summary>
    public DateTimeOffset SubtractOpen(DateTimeOffset end, TimeSpan open)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(open, TimeSpan.Zero);
        return Local(_open.Latest(_open.Before(Since(end)) - open.Ticks));
    }

    /// <summary>Open time from one instant to another; negative if they are the other way round.</summary>
    public TimeSpan OpenBetween(DateTimeOffset from, DateTimeOffset to) => new(_open.Before(Since(to)) - _open.Before(Since(from)));

    /// <summary>Working days whose date is after that of <paramref name="from"/> and not after that of <paramref name="to"/>: how the rule "next-day" counts.</summary>
    public int WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to) => WorkingDaysUpTo(to) - WorkingDaysUpTo(from);

    /// <summary>Open at this instant. At closing time it is closed.</summary>
    public bool IsOpen(DateTimeOffset instant) => _open.IsOpen(Since(instant));

    /// <summary>The instant itself where it is open, else the next opening.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset instant) => Local(_open.NextOpening(Since(instant)));

    /// <summary>Why the clock is due when it is, line by line.</summary>
    public Explanation Explain(ClockLedger ledger) => Explainer.Explain(this, ledger);

    public Explanation Explain(DateTimeOffset start, Budget budget, DayRule rule) => Explain(new ClockLedger(start, budget, rule));

    /// <summary>What this date is in the calendar.</summary>
    public WorkDay On(DateOnly date) => _days.On(date);

    /// <summary>The calendar's date at this instant.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => ZoneOffsets.FirstDay.AddDays(DayOf(Since(instant)));

    /// <summary>When this date begins.</summary>
    public DateTimeOffset Midnight(DateOnly date) => Local(_zone.ToUtc((date.DayNumber - ZoneOffsets.FirstDay.DayNumber) * TimeSpan.TicksPerDay));

    /// <summary>The instant in the calendar's time zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => Local(Since(instant));

    /// <summary>Years of this span for which no holiday notice is known: its due times may still move.</summary>
    public IReadOnlyList<int> YearsWithoutData(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (DateOf(from).Year, DateOf(to).Year);
        return [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(y => !_days.IsKnown(y))];
    }

    /// <summary>The earliest year whose holidays are known; null where none is.</summary>
    internal int? FirstYearWithData => Definition.Years.Count == 0 ? null : Definition.Years.Min(y => y.Year);

    /// <summary>Refuses a start that no budget should be counted from. Null is fine.</summary>
    public static Failure? CheckStart(DateTimeOffset start, string field = "start") =>
        start.UtcDateTime.Year is < 1900 or > 2200
            ? new Failure.Invalid(field, "时间 {0} 超出范围：只能计算 1900 年到 2200 年之间开始的期限。", start.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            : null;

    private int? FirstClosedYear()
    {
        for (var year = ZoneOffsets.FirstYear; year <= ZoneOffsets.LastYear; year++)
        {
            var first = new DateOnly(year, 1, 1).DayNumber - ZoneOffsets.FirstDay.DayNumber;
            if (_open.WorkingDaysBefore(first) == _open.WorkingDaysBefore(first + 365))
            {
                return year;
            }
        }

        return null;
    }

    internal DateTimeOffset AddDays(DateTimeOffset start, int days)
    {
        var since = Since(start);
        return Local(_zone.ToUtc(_zone.ToWall(since) + (days * TimeSpan.TicksPerDay)));
    }

    /// <summary>Working days on or before the date of this instant.</summary>
    internal int WorkingDaysUpTo(DateTimeOffset instant) => _open.WorkingDaysBefore(DayOf(Since(instant)) + 1);

    internal int WorkingDaysClosedBy(DateTimeOffset instant)
    {
        var since = Since(instant);
        var days = _open.WorkingDaysBefore(DayOf(since) + 1);
        return days > 0 && _open.Closing(days - 1) > since ? days - 1 : days;
    }

    internal DateTimeOffset AtClosing(int workingDay) => Local(_open.Closing(workingDay));

    private static long Since(DateTimeOffset instant) => instant.UtcTicks - ZoneOffsets.EpochTicks;

    private int DayOf(long since) => (int)((since + (_zone.At(MinuteOf(since)) * TimeSpan.TicksPerMinute)) / TimeSpan.TicksPerDay);

    private DateTimeOffset Local(long since)
    {
        var offset = _zone.At(MinuteOf(since)) * TimeSpan.TicksPerMinute;
        return new DateTimeOffset(since + offset + ZoneOffsets.EpochTicks, new TimeSpan(offset));
    }

    private static int MinuteOf(long since) => since >= 0 && since < ZoneOffsets.Days * TimeSpan.TicksPerDay
        ? (int)(since / TimeSpan.TicksPerMinute)
        : throw new ArgumentOutOfRangeException(nameof(since), $"Beyond the years that a work calendar covers ({ZoneOffsets.FirstYear}–{ZoneOffsets.LastYear}).");
}
