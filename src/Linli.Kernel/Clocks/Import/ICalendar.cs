using System.Globalization;

namespace Linli.Kernel.Clocks.Import;

/// <summary>
/// Whole-day events of an iCalendar file (RFC 5545): DTSTART, DTEND (not included), SUMMARY, URL. A summary that speaks of working
/// (班, workday, working day) is a make-up day, any other a holiday.
/// </summary>
internal static class ICalendar
{
    private const int LongestEvent = 31;
    private static readonly string[] Working = ["班", "workday", "working day", "make-up", "makeup"];

    public static Outcome<CalendarYear> Read(string text, string field)
    {
        List<DayException> days = [];
        foreach (var properties in Events(text))
        {
            if (!TryDate(properties, "DTSTART", out var first))
            {
                return new Failure.Invalid(field, "看不懂放假安排：{0}。请用 JSON 或 iCalendar 文件。", "VEVENT, DTSTART");
            }

            if (properties.ContainsKey("RRULE") || properties["DTSTART"].Length > 8)
            {
                return new Failure.Invalid(field, "{0} 的一条不是单独的全天日程（有时刻或会重复），不像放假安排。", Words.Date(first));
            }

            var end = TryDate(properties, "DTEND", out var given) && given > first ? given : first.AddDays(1);
            if (end.DayNumber - first.DayNumber > LongestEvent)
            {
                return new Failure.Invalid(field, "{0} 开始的一条有 {1} 天，不像放假安排。", Words.Date(first), end.DayNumber - first.DayNumber);
            }

            var summary = Unescape(properties.GetValueOrDefault("SUMMARY", ""));
            var kind = Working.Any(w => summary.Contains(w, StringComparison.OrdinalIgnoreCase)) ? DayKind.MakeUp : DayKind.Holiday;
            for (var date = first; date < end; date = date.AddDays(1))
            {
                days.Add(new DayException(date, kind, NameOf(summary), HolidayNames.English(summary), properties.GetValueOrDefault("URL")));
            }
        }

        // A file for one year may begin in the last days of the year before.
        return days.Count == 0
            ? new Failure.Invalid(field, "文件里没有任何放假或补班日。")
            : new CalendarYear(days.Max(d => d.Date.Year), [.. days.Select(d => d.Notice).OfType<string>().Distinct()], [.. days.OrderBy(d => d.Date)]);
    }

    private static IEnumerable<Dictionary<string, string>> Events(string text)
    {
        Dictionary<string, string>? open = null;
        // A line that begins with a space goes on with the one before.
        foreach (var line in text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (line, "") : (line[..colon].Split(';')[0].ToUpperInvariant(), line[(colon + 1)..].Trim());
            switch (name, value.ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT"):
                    open = [];
                    break;
                case ("END", "VEVENT") when open is not null:
                    yield return open;
                    open = null;
                    break;
                default:
                    open?.TryAdd(name, value);
                    break;
            }
        }
    }

    private static bool TryDate(Dictionary<string, string> properties, string name, out DateOnly date)
    {
        date = default;
        return properties.TryGetValue(name, out var value) && value.Length >= 8
            && DateOnly.TryParseExact(value[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    /// <summary>"春节 第1天/共8天", "春节（班）", "春节补班" are all 春节.</summary>
    private static string NameOf(string summary)
    {
        var name = summary.Split(' ', '（', '(', '第')[0];
        foreach (var ending in new[] { "补班", "上班", "调休", "假期", "放假", "休" })
        {
            name = name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
        }

        return name.Length > 0 ? name : summary;
    }

    private static string Unescape(string text) => text.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();
}
