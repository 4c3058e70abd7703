namespace Linli.Kernel.Clocks;

/// <summary>The clock stood still, for a permitted reason. <paramref name="Until"/> null: it still does.</summary>
public sealed record ClockPause(DateTimeOffset From, DateTimeOffset? Until, Wording Reason = default);

/// <summary>More time, granted by somebody else than the one who asked. <paramref name="GrantedAt"/> null: not granted yet, only tried out.</summary>
public sealed record ClockExtension(DateTimeOffset? GrantedAt, Budget Budget, Wording Reason = default);

/// <summary>
/// Everything that decides when a clock is due. The due time is never stored as a fact of its own: it is derived from these entries,
/// so nothing else can move it.
/// <list type="bullet">
/// <item>The budget runs from <see cref="Start"/>; every <see cref="Extensions">extension</see> is added at its end, in the order granted
/// (neighbours of the same unit are added up first).</item>
/// <item>A pause stops the clock. Its open time is given back, for units that run day and night its whole time. What overlaps counts once;
/// what lies before the start or begins at or after the due time changes nothing.</item>
/// <item>Under the rule "next-day" a working day counts when the clock was running at its closing time. So a pause gives back the working days
/// whose closing time lies in it, a pause within one day gives back nothing, and no due time falls into a pause.</item>
/// </list>
/// </summary>
public sealed record ClockLedger(DateTimeOffset Start, Budget Budget, DayRule Rule)
{
    public IReadOnlyList<ClockPause> Pauses { get; init; } = [];
    public IReadOnlyList<ClockExtension> Extensions { get; init; } = [];

    /// <summary>Null while the clock stands still: then there is no due time.</summary>
    public DateTimeOffset? DueOn(WorkCalendar calendar) => ClockSum.Of(this, calendar).Due;

    /// <summary>When so many per cent of the time will have been used, pauses left out; null while the clock stands still.</summary>
    public DateTimeOffset? ReachedOn(WorkCalendar calendar, int percent) => ClockSum.Of(this, calendar).Reached(percent);

    /// <summary>Refuses entries that cannot be: a pause that ends before it begins, a start out of range. Null is fine.</summary>
    public Failure? Check()
    {
        var wrong = Pauses.FirstOrDefault(p => p.Until < p.From);
        return wrong is not null
            ? new Failure.Invalid("pauses", "挂起的结束时间 {1} 早于开始时间 {0}。", Words.Minute(wrong.From), Words.Minute(wrong.Until!.Value))
            : WorkCalendar.CheckStart(Start);
    }
}
