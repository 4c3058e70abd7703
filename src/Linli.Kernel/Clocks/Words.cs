using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>Times and durations as people say them, in both languages at once.</summary>
public static class Words
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>2025-01-24 15:20, without a word of any language.</summary>
    public static string Minute(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2025-01-24(周五); Fri 2025-01-24.</summary>
    public static Wording Day(DateOnly date)
    {
        var iso = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"{iso}({Weekdays[(int)date.DayOfWeek]})", $"{date.DayOfWeek.ToString()[..3]} {iso}");
    }

    /// <summary>2025-01-24(周五)15:20; Fri 2025-01-24 15:20. Seconds only where there are any.</summary>
    public static Wording Time(DateTimeOffset time)
    {
        var day = Day(DateOnly.FromDateTime(time.DateTime));
        var clock = time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return new(day.Zh + clock, $"{day.En} {clock}");
    }

    /// <summary>22 小时 30 分钟; 22 h 30 min. To the minute, rounded down.</summary>
    public static Wording Hours(TimeSpan span)
    {
        var (hours, minutes) = ((long)span.TotalHours, span.Minutes);
        return (hours, minutes) switch
        {
            (0, _) => new($"{minutes} 分钟", $"{minutes} min"),
            (_, 0) => new($"{hours} 小时", $"{hours} h"),
            _ => new($"{hours} 小时 {minutes} 分钟", $"{hours} h {minutes} min"),
        };
    }

    /// <summary>1 个工作日 3 小时; 1 working day 3 hours. Minutes only under a day; rounded down.</summary>
    public static Wording DaysAndHours(TimeSpan span, TimeSpan day, bool working)
    {
        var days = span.Ticks / day.Ticks;
        var rest = new TimeSpan(span.Ticks % day.Ticks);
        List<(long N, string Zh, string En)> parts = [(days, working ? "个工作日" : "天", working ? "working day" : "day"), ((long)rest.TotalHours, "小时", "hour")];
        if (days == 0)
        {
            parts.Add((rest.Minutes, "分钟", "minute"));
        }

        parts.RemoveAll(p => p.N == 0);
        return parts.Count == 0
            ? new Wording("不到 1 分钟", "less than a minute")
            : new Wording(string.Join(' ', parts.Select(p => $"{p.N} {p.Zh}")), string.Join(' ', parts.Select(p => $"{p.N} {p.En}{(p.N == 1 ? "" : "s")}")));
    }
}
