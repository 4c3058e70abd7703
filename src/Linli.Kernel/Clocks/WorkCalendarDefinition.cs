namespace Linli.Kernel.Clocks;

/// <summary>Why a day differs from its weekday.</summary>
public enum DayKind
{
    /// <summary>Closed by law or by the year's notice.</summary>
    Holiday,

    /// <summary>Worked by the year's notice, usually in exchange for a weekday off (调休上班).</summary>
    MakeUp,

    /// <summary>Closed, wholly or in part, by the calendar's own office: power cut, moving house, flood.</summary>
    Closure,
}

/// <summary>
/// A day that is not what its weekday says. <paramref name="Hours"/> null means: closed, or for a make-up day the hours of the
/// first open weekday of that season, Monday first. <paramref name="Notice"/> is where it is ordered.
/// <paramref name="Replaces"/>: on purpose instead of what another list says about the same date; without it two entries for a date are refused.
/// </summary>
public sealed record DayException(
    DateOnly Date,
    DayKind Kind,
    string NameZh,
    string? NameEn = null,
    string? Notice = null,
    IReadOnlyList<OpenHours>? Hours = null,
    bool Replaces = false);

/// <summary>What the notices say about one year's holidays. A year without one is reckoned by the weekly hours alone, and explanations say so.</summary>
public sealed record CalendarYear(int Year, IReadOnlyList<string> Notices, IReadOnlyList<DayException> Days);

/// <summary>
/// Weekly opening hours. Without <paramref name="From"/> and <paramref name="To"/> ("MM-dd", both included, may go over New Year) they hold all
/// the year; with them they are a season that goes before. <paramref name="Since"/> and <paramref name="Until"/> (included) bound the years in
/// which they hold, so that an old due time still computes after the office has changed its hours. A weekday that is not named is closed.
/// </summary>
public sealed record WeeklyHours(
    IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenHours>> Days,
    string? From = null,
    string? To = null,
    DateOnly? Since = null,
    DateOnly? Until = null,
    string? NameZh = null,
    string? NameEn = null);

/// <summary>
/// A work calendar as it is written down: data/calendars/*.json, or what an administrator typed.
/// <see cref="WorkCalendar.Create"/> makes it a <see cref="WorkCalendar"/> or says what is wrong with it.
/// </summary>
public sealed record WorkCalendarDefinition
{
    /// <summary>Small letters, digits and hyphens.</summary>
    public required string Code { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What one working day is worth under the rule "minute".</summary>
    public int StandardDayMinutes { get; init; } = 450;

    public required IReadOnlyList<WeeklyHours> Hours { get; init; }

    /// <summary>Own closures and corrections.</summary>
    public IReadOnlyList<DayException> Exceptions { get; init; } = [];

    public IReadOnlyList<CalendarYear> Years { get; init; } = [];

    /// <summary>Code of the calendar whose years this one keeps too; resolved by <see cref="WorkCalendars"/>.</summary>
    public string? Extends { get; init; }

    /// <summary>False for calendars without public holidays (24 × 7): then no year lacks anything.</summary>
    public bool KeepsHolidays { get; init; } = true;

    /// <summary>Where the hours come from.</summary>
    public string? Source { get; init; }
}
