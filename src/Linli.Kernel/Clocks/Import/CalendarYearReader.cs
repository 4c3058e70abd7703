using System.Text.Json;

namespace Linli.Kernel.Clocks.Import;

/// <summary>
/// Reads a year's holidays from what an office gets: Linli's own JSON (data/calendars/cn/YEAR.json), that of holiday-cn, or an iCalendar file.
/// Nothing is taken over yet: <see cref="WorkCalendars.WithYear"/> gives the calendars as they would be, <see cref="CalendarChange"/> what would move.
/// </summary>
public static class CalendarYearReader
{
    private const int LongestText = 1_000_000;

    public static Outcome<CalendarYear> Read(string text, string field = "file")
    {
        if (text.Length > LongestText)
        {
            return new Failure.Invalid(field, "放假安排文件太大（{0} 个字符）：一年的安排不会超过 {1} 个。", text.Length, LongestText);
        }

        var year = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t') is var trimmed && trimmed.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? ICalendar.Read(trimmed, field)
            : ReadJson(trimmed, field);
        return year.Succeeded && Wrong(year.Value, field) is { } wrong ? wrong : year;
    }

    private static Outcome<CalendarYear> ReadJson(string text, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (CalendarYearFaults.Of(document.RootElement, field) is { Count: > 0 } faults)
            {
                return new Failure.Invalid(faults);
            }

            var year = CalendarYearFaults.IsHolidayCn(document.RootElement) ? JsonSerializer.Deserialize<HolidayCnYear>(text, Json.Plain)!.ToYear() : JsonSerializer.Deserialize<CalendarYear>(text, Json.Plain)!;
            return year with { Notices = year.Notices ?? [], Days = [.. year.Days.Select(d => d with { NameEn = d.NameEn ?? HolidayNames.English(d.NameZh) })] };
        }
        catch (JsonException wrong) when (wrong.Path is { Length: > 0 } path)
        {
            return new Failure.Invalid(field, "看不懂放假安排：{0}。请用 JSON 或 iCalendar 文件。", path);
        }
        catch (JsonException wrong)
        {
            return new Failure.Invalid(field, "这个文件不是 JSON 或 iCalendar：第 {0} 行读不下去。", (wrong.LineNumber ?? 0) + 1);
        }
    }

    private static Failure.Invalid? Wrong(CalendarYear year, string field)
    {
        if (year.Days.Count == 0)
        {
            return new Failure.Invalid(field, "文件里没有任何放假或补班日。");
        }

        // The last days of December are often ordered with the next year.
        var stray = year.Days.FirstOrDefault(d => d.Date.Year != year.Year && d.Date.Year != year.Year - 1);
        if (stray is not null || year.Year is < ZoneOffsets.FirstYear or > ZoneOffsets.LastYear)
        {
            return new Failure.Invalid(field, "{0} 不属于 {1} 年的放假安排。", Words.Date(stray?.Date ?? year.Days[0].Date), year.Year);
        }

        return year.Days.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? new Failure.Invalid(field, "{0} 出现了两次（{1}、{2}）。同一天只能有一条；确要改写请注明“替换”。", Words.Date(twice.Key), twice.First().NameZh, twice.Last().NameZh)
            : null;
    }

    private sealed record HolidayCnYear(int Year, IReadOnlyList<string>? Papers, IReadOnlyList<HolidayCnDay>? Days)
    {
        public CalendarYear ToYear() => new(Year, Papers ?? [], [.. (Days ?? []).Where(d => d?.Name is not null).Select(d =>
            new DayException(d.Date, d.IsOffDay ? DayKind.Holiday : DayKind.MakeUp, d.Name, HolidayNames.English(d.Name), Papers is [var only] ? only : null))]);
    }

    private sealed record HolidayCnDay(string Name, DateOnly Date, bool IsOffDay);
}
