namespace Linli.Kernel.Clocks;

/// <summary>What a calendar is called and how it counts, apart from its hours and days.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="StandardDayMinutes">What one working day is worth under the rule "minute".</param>
/// <param name="Extends">Code of the calendar whose years and exceptions this one keeps too.</param>
/// <param name="KeepsHolidays">False for calendars without public holidays (24 × 7).</param>
public sealed record CalendarHead(string NameZh, string NameEn, string TimeZone, int StandardDayMinutes = 450, string? Extends = null, bool KeepsHolidays = true)
{
    public static CalendarHead Of(WorkCalendarDefinition definition) =>
        new(definition.NameZh, definition.NameEn, definition.TimeZone, definition.StandardDayMinutes, definition.Extends, definition.KeepsHolidays);
}

/// <summary>
/// What the installation itself has written down about a calendar, over what is shipped with the same code. What is null or empty is as shipped,
/// so that a new version of the shipped file still arrives.
/// </summary>
public sealed record CalendarLayer
{
    public CalendarHead? Head { get; init; }

    public IReadOnlyList<WeeklyHours>? Hours { get; init; }

    /// <summary>Each goes before a shipped list for the same year.</summary>
    public IReadOnlyList<CalendarYear> Years { get; init; } = [];

    /// <summary>Added and corrected days, each date once; they go before every list.</summary>
    public IReadOnlyList<DayException> Exceptions { get; init; } = [];

    /// <summary>The county's own: what clocks run on where neither the service type nor the organisation names another.</summary>
    public bool IsCountys { get; init; }

    public WorkCalendarDefinition Over(string code, WorkCalendarDefinition? shipped)
    {
        var head = Head ?? CalendarHead.Of(shipped ?? throw new InvalidOperationException($"Calendar {code} is neither shipped nor written down whole."));
        return new WorkCalendarDefinition
        {
            Code = code, NameZh = head.NameZh, NameEn = head.NameEn, TimeZone = head.TimeZone, StandardDayMinutes = head.StandardDayMinutes,
            Extends = head.Extends, KeepsHolidays = head.KeepsHolidays, Source = shipped?.Source,
            Hours = Hours ?? shipped?.Hours ?? [],
            Years = [.. (shipped?.Years ?? []).Where(s => Years.All(y => y.Year != s.Year)), .. Years],
            // Nothing that a later shipped list says about the same date may make the calendar contradict itself.
            Exceptions = [.. shipped?.Exceptions ?? [], .. Exceptions.Select(e => e with { Replaces = true })],
        };
    }
}
