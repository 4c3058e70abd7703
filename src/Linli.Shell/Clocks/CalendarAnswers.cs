using Linli.Contracts.Requests;
using Linli.Kernel.Clocks;

namespace Linli.Shell.Clocks;

/// <param name="StandardDayMinutes">What one working day is worth under the rule "minute".</param>
/// <param name="IsCountys">Holds where neither service type nor organisation names another.</param>
/// <param name="LastYear">The last year whose holidays are known; absent where the calendar keeps none.</param>
internal sealed record CalendarSummary(string Code, string NameZh, string NameEn, string TimeZone, int StandardDayMinutes, bool IsCountys, int? LastYear)
{
    public static IEnumerable<CalendarSummary> All(InstalledCalendars calendars) => calendars.All.Codes.Select(code =>
    {
        var definition = calendars.Get(code).Definition;
        return new CalendarSummary(
            code, definition.NameZh, definition.NameEn, definition.TimeZone, definition.StandardDayMinutes, code == calendars.Countys,
            definition.KeepsHolidays && definition.Years.Count > 0 ? definition.Years.Max(y => y.Year) : null);
    });
}

/// <summary>A whole calendar.</summary>
/// <param name="Extends">The calendar whose holidays it keeps too.</param>
/// <param name="Hours">Weekly hours and seasons in force.</param>
/// <param name="Years">Years whose holidays are known.</param>
/// <param name="OwnYears">Those that this installation has imported.</param>
/// <param name="OwnDays">Days that this installation has added or corrected.</param>
/// <param name="Version">To be sent back with a change, so that nobody overwrites what they have not seen; 0 before the first.</param>
internal sealed record CalendarDetail(
    string Code, string NameZh, string NameEn, string TimeZone, int StandardDayMinutes, string? Extends, bool KeepsHolidays, bool IsCountys, bool IsShipped,
    IReadOnlyList<WeeklyHours> Hours, IReadOnlyList<int> Years, IReadOnlyList<int> OwnYears, IReadOnlyList<DayException> OwnDays, int Version)
{
    public static CalendarDetail Of(InstalledCalendars calendars, string code)
    {
        var (definition, layer) = (calendars.Get(code).Definition, calendars.LayerOf(code));
        return new CalendarDetail(
            code, definition.NameZh, definition.NameEn, definition.TimeZone, definition.StandardDayMinutes, calendars.All.Find(code)!.Extends, definition.KeepsHolidays,
            code == calendars.Countys, calendars.IsShipped(code), definition.Hours, [.. definition.Years.Select(y => y.Year).Order()],
            [.. layer.Years.Select(y => y.Year)], layer.Exceptions, calendars.VersionOf(code));
    }
}

/// <summary>The special days of one year.</summary>
/// <param name="IsKnown">False: no notice about the year is in the calendar yet, and due times that touch it may move.</param>
internal sealed record CalendarYearAnswer(string Code, int Year, bool IsKnown, IReadOnlyList<SpecialDay> Days)
{
    public static CalendarYearAnswer Of(InstalledCalendars calendars, string code, int year)
    {
        var calendar = calendars.Get(code);
        var own = calendars.LayerOf(code).Exceptions.Select(e => e.Date).ToHashSet();
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => calendar.On(new DateOnly(year, 1, 1).AddDays(n))).Where(d => d.Exception is not null);
        return new CalendarYearAnswer(code, year, calendar.On(new DateOnly(year, 1, 1)).IsKnown, [.. days.Select(d => SpecialDay.Of(d, own.Contains(d.Date)))]);
    }
}

/// <param name="Hours">Open hours of that day; none is closed.</param>
/// <param name="Notice">Where it is ordered.</param>
/// <param name="IsOwn">Added or corrected by this installation.</param>
internal sealed record SpecialDay(DateOnly Date, DayKind Kind, string NameZh, string? NameEn, string? Notice, IReadOnlyList<OpenHours> Hours, bool IsOwn)
{
    public static SpecialDay Of(WorkDay day, bool isOwn) =>
        new(day.Date, day.Exception!.Kind, day.Exception.NameZh, day.Exception.NameEn, day.Exception.Notice, day.Hours, isOwn);
}

/// <summary>What a change did, or would do.</summary>
/// <param name="IsPreview">Nothing was written.</param>
/// <param name="IsChanged">False: the calendar said so already.</param>
/// <param name="Days">Dates with other hours than before.</param>
/// <param name="Moves">Open due times that move.</param>
internal sealed record CalendarAnswer(
    string Code, int Version, bool IsPreview, bool IsChanged, string WhatZh, string WhatEn, IReadOnlyList<ChangedDay> Days, DueMoves Moves)
{
    public static CalendarAnswer Of(CalendarPreview preview, CalendarDone? done) => new(
        preview.Draft.Code, done?.Version ?? preview.Draft.Now.VersionOf(preview.Draft.Code), done is null, done?.IsChanged ?? !preview.Draft.IsSame,
        preview.Draft.What.Zh, preview.Draft.What.En, [.. preview.Draft.Days.Select(d => new ChangedDay(d.After.Date, d.Before.Hours, d.After.Hours, d.After.Exception?.NameZh, d.After.Exception?.NameEn))], preview.Moves);
}

/// <param name="Before">Open hours; none is closed.</param>
internal sealed record ChangedDay(DateOnly Date, IReadOnlyList<OpenHours> Before, IReadOnlyList<OpenHours> After, string? NameZh, string? NameEn);

/// <summary>A calendar to be made.</summary>
internal sealed record NewCalendar(
    string? Code, string? NameZh, string? NameEn, string? TimeZone, int? StandardDayMinutes, string? Extends, bool? KeepsHolidays, IReadOnlyList<WeeklyHours>? Hours)
{
    public CreateCalendar ToEdit() => new(new CalendarInput(NameZh, NameEn, TimeZone, StandardDayMinutes, Extends, KeepsHolidays).ToHead(), HoursInput.Tidy(Hours));
}

/// <summary>What a calendar is called and how it counts.</summary>
internal sealed record CalendarInput(string? NameZh, string? NameEn, string? TimeZone, int? StandardDayMinutes, string? Extends, bool? KeepsHolidays)
{
    public CalendarHead ToHead() => new(
        NameZh?.Trim() ?? "", NameEn?.Trim() ?? "", TimeZone?.Trim() ?? "", StandardDayMinutes ?? 450, string.IsNullOrWhiteSpace(Extends) ? null : Extends.Trim(), KeepsHolidays ?? true);
}

/// <summary>The same for every date up to <paramref name="Until"/>.</summary>
/// <param name="Hours">Of its own, such as "08:30-12:00"; absent: closed, or for a make-up day the usual ones.</param>
/// <param name="Replaces">On purpose instead of what a list says about these dates.</param>
internal sealed record DayInput(DateOnly? Until, DayKind Kind, string? NameZh, string? NameEn, string? Notice, IReadOnlyList<OpenHours>? Hours, bool Replaces)
{
    public PutDays ToEdit(DateOnly from) => new(from, Until, Kind, NameZh?.Trim() ?? "", Trim(NameEn), Trim(Notice), Hours, Replaces);

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class HoursInput
{
    /// <summary>What a program left out is empty, to be refused where it stands.</summary>
    public static IReadOnlyList<WeeklyHours> Tidy(IReadOnlyList<WeeklyHours>? hours) =>
        [.. (hours ?? []).OfType<WeeklyHours>().Select(h => h with { Days = (h.Days ?? new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>>()).ToDictionary(d => d.Key, d => d.Value ?? []) })];
}
