using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>Changes of calendars as sentences, for the history and the audit.</summary>
internal static class CalendarWords
{
    public static Wording Of(CalendarEdit edit) => edit switch
    {
        CreateCalendar create => new($"新建日历“{create.Head.NameZh}”", $"Created the calendar “{create.Head.NameEn}”"),
        PutHead put => new($"名称、时区等改为：{Head(put.Head)}", $"Name, time zone and the like are now: {Head(put.Head)}"),
        PutHours put => new($"作息改为：{Sets(put.Hours, true)}", $"Hours are now: {Sets(put.Hours, false)}"),
        PutDays put => Days(put.From, put.Until, $"{Kind(put.Kind).Zh}“{put.NameZh}”{Hours(put.Hours)}", $"{Kind(put.Kind).En} “{put.NameEn ?? put.NameZh}”{Hours(put.Hours)}"),
        RemoveDays remove => Days(remove.From, remove.Until, "删去本单位的安排", "own entry removed"),
        PutYear put => new($"{put.Year.Year} 年放假安排：{Count(put.Year, DayKind.Holiday)} 天放假，{Count(put.Year, DayKind.MakeUp)} 天补班",
            $"Holidays of {put.Year.Year}: {LineWords.Count(Count(put.Year, DayKind.Holiday), "day")} off, {LineWords.Count(Count(put.Year, DayKind.MakeUp), "make-up working day")}"),
        RemoveYear remove => new($"删去导入的 {remove.Year} 年放假安排", $"Removed the imported holidays of {remove.Year}"),
        MakeCountys => new("设为本县的工作日历", "Made the county's calendar"),
        _ => throw new ArgumentOutOfRangeException(nameof(edit)),
    };

    public static Wording Kind(DayKind kind) => kind switch
    {
        DayKind.Holiday => new("放假", "holiday"),
        DayKind.MakeUp => new("补班", "make-up working day"),
        DayKind.Closure => new("停办", "closure"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Wording Days(DateOnly from, DateOnly? until, string zh, string en) =>
        Words.Days(from, until ?? from) is var days ? new($"{days.Zh}：{zh}", $"{days.En}: {en}") : default;

    private static string Head(CalendarHead head) =>
        string.Create(CultureInfo.InvariantCulture, $"{head.NameZh} / {head.NameEn}, {head.TimeZone}, {head.StandardDayMinutes} min{(head.Extends is null ? "" : $", ← {head.Extends}")}");

    private static string Sets(IReadOnlyList<WeeklyHours> sets, bool zh) =>
        Shorten(string.Join("; ", sets.Select(s => $"{(zh ? s.NameZh : s.NameEn ?? s.NameZh)} {s.From}–{s.To} {string.Join(", ", s.Days.Where(d => d.Value.Count > 0).GroupBy(d => string.Join(' ', d.Value)).Select(g => $"{g.Count()}×({g.Key})"))}".Trim())));

    private static string Shorten(string text) => text.Length <= 1_500 ? text : text[..1_500] + "…";

    private static string Hours(IReadOnlyList<OpenHours>? hours) => hours is { Count: > 0 } ? " " + string.Join(' ', hours) : "";

    private static int Count(CalendarYear year, DayKind kind) => year.Days.Count(d => d.Kind == kind);
}
