using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>Times and durations as people say them, in both languages at once.</summary>
public static class Words
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>2025-01-24 15:20, without a word of any language.</summary>
    public static string Minute(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>周五; Fri.</summary>
    public static Wording Weekday(DayOfWeek day) => new(Weekdays[(int)day], day.ToString()[..3]);

    /// <summary>2025-01-24.</summary>
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>2025-01-24（周五）; Fri 2025-01-24.</summary>
    public static Wording Day(DateOnly date)
    {
        var iso = Date(date);
        return new($"{iso}（{Weekdays[(int)date.DayOfWeek]}）", $"{date.DayOfWeek.ToString()[..3]} {iso}");
    }

    /// <summary>2025-01-24（周五）15:20; Fri 2025-01-24 15:20. Seconds only where there are any.</summary>
    public static Wording Time(DateTimeOffset time)
    {
        var day = Day(DateOnly.FromDateTime(time.DateTime));
        var clock = time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return new(day.Zh + clock, $"{day.En} {clock}");
    }

    /// <summary>2025-01-28（周二）至 2025-02-04（周二）, or the one day.</summary>
    public static Wording Days(DateOnly from, DateOnly to)
    {
        var (first, last) = (Day(from), Day(to));
        return from == to ? first : new($"{first.Zh}至 {last.Zh}", $"{first.En} to {last.En}");
    }

    /// <summary>08:30, 24:00; seconds only where there are any.</summary>
    public static string Clock(TimeSpan time)
    {
        var seconds = time.Ticks % TimeSpan.TicksPerMinute == 0 ? "" : time.ToString(@"\:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}{seconds}");
    }

    /// <summary>15 天 2 小时 5 分钟, by the clock on the wall; what is zero is left out.</summary>
    public static Wording Span(TimeSpan span) =>
        span < TimeSpan.FromDays(1) ? Hours(span)
        : span.Ticks % TimeSpan.TicksPerDay < TimeSpan.TicksPerMinute ? new($"{span.Days} 天", LineWords.Count(span.Days, "day"))
        : new Wording($"{span.Days} 天 ", $"{LineWords.Count(span.Days, "day")} ") + Hours(span - TimeSpan.FromDays(span.Days));

    /// <summary>22 小时 30 分钟; 22 h 30 min. Seconds only where there are any, and nothing finer.</summary>
    public static Wording Hours(TimeSpan span)
    {
        (long N, string Zh, string En)[] parts = [((long)span.TotalHours, "小时", "h"), (span.Minutes, "分钟", "min"), (span.Seconds, "秒", "s")];
        var said = parts.Where(p => p.N > 0).DefaultIfEmpty((0, "分钟", "min")).ToList();
        return new Wording(string.Join(' ', said.Select(p => $"{p.N} {p.Zh}")), string.Join(' ', said.Select(p => $"{p.N} {p.En}")));
    }

    /// <summary>
    /// 1 个工作日 3 个工作小时; 1 working day 3 working hours; 40 分钟工作时间 where there is no other word that says it is working time.
    /// Minutes only under a day; rounded down.
    /// </summary>
    public static Wording DaysAndHours(TimeSpan span, TimeSpan day, bool working)
    {
        var days = span.Ticks / day.Ticks;
        var rest = new TimeSpan(span.Ticks % day.Ticks);
        List<(long N, string Zh, string En)> parts = [(days, working ? "个工作日" : "天", working ? "working day" : "day"), ((long)rest.TotalHours, working ? "个工作小时" : "小时", working ? "working hour" : "hour")];
        if (days == 0)
        {
            parts.Add(working && rest.TotalHours < 1 ? (rest.Minutes, "分钟工作时间", "working minute") : (rest.Minutes, "分钟", "minute"));
        }

        parts.RemoveAll(p => p.N == 0);
        return parts.Count == 0
            ? new Wording("不到 1 分钟", "less than a minute")
            : new Wording(string.Join(' ', parts.Select(p => $"{p.N} {p.Zh}")), string.Join(' ', parts.Select(p => $"{p.N} {p.En}{(p.N == 1 ? "" : "s")}")));
    }
}
