using System.Globalization;
using System.Text.RegularExpressions;

namespace Linli.Kernel.Clocks.Questions;

/// <summary>Instants as people and programs write them (ISO 8601).</summary>
internal static partial class ClockTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>
    /// With an offset it is that instant; without one it is the calendar's wall clock, and refused where that skips or repeats the hour.
    /// A space for the T, and one for the plus (as a form sends it), are understood.
    /// </summary>
    public static Outcome<DateTimeOffset> Parse(string? text, WorkCalendar calendar, string field)
    {
        var match = Parts().Match(text ?? "");
        if (!match.Success || !DateTime.TryParseExact($"{match.Groups["date"].Value}T{match.Groups["time"].Value}", Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return new Failure.Invalid(field, "看不懂时间“{0}”。请写成 2025-01-24T15:20+08:00；不写时区时按日历所在地时间。", Shorten(text));
        }

        return match.Groups["offset"] is { Success: true } offset ? WithOffset(wall, offset.Value, text!, field) : OnTheWall(wall, calendar, field);
    }

    private static Outcome<DateTimeOffset> WithOffset(DateTime wall, string offset, string text, string field)
    {
        var digits = offset.Replace(":", "", StringComparison.Ordinal);
        var span = offset is "Z" or "z" ? TimeSpan.Zero : new TimeSpan(int.Parse(digits[1..3], CultureInfo.InvariantCulture), int.Parse(digits[3..], CultureInfo.InvariantCulture), 0);
        span = offset[0] == '-' ? -span : span;
        return span.Duration() > TimeSpan.FromHours(14) || wall.Ticks < span.Ticks || wall.Ticks - span.Ticks > DateTime.MaxValue.Ticks
            ? new Failure.Invalid(field, "时间“{0}”的时区偏移不对：应在 -14:00 到 +14:00 之间。", Shorten(text))
            : new DateTimeOffset(wall, span);
    }

    private static Outcome<DateTimeOffset> OnTheWall(DateTime wall, WorkCalendar calendar, string field)
    {
        var shown = wall.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        // The time zone calls only hours of summer time invalid; a date that a place skipped does not read back.
        if (calendar.TimeZone.IsInvalidTime(wall) || TimeZoneInfo.ConvertTime(new DateTimeOffset(wall, calendar.TimeZone.GetUtcOffset(wall)), calendar.TimeZone).DateTime != wall)
        {
            return new Failure.Invalid(field, "{1} 没有 {0} 这个时刻：那里拨快时钟时跳过了它。请改写时间或注明时区。", shown, calendar.TimeZone.Id);
        }

        return calendar.TimeZone.IsAmbiguousTime(wall)
            ? new Failure.Invalid(field, "{1} 的 {0} 出现两次：那一小时因夏令时结束而重复。请注明时区，例如 {0} 后加 {2}。", shown, calendar.TimeZone.Id, Offset(calendar.TimeZone.GetAmbiguousTimeOffsets(wall)[0]))
            : new DateTimeOffset(wall, OffsetAt(wall, calendar));
    }

    /// <summary>The calendar's own offset, which for the years of local mean time is that of the first standard time.</summary>
    private static TimeSpan OffsetAt(DateTime wall, WorkCalendar calendar)
    {
        var offset = calendar.TimeZone.GetUtcOffset(wall);
        return wall.Year is > ZoneOffsets.FirstYear and < ZoneOffsets.LastYear ? calendar.Local(new DateTimeOffset(wall, offset)).Offset : offset;
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"^\s*(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?<time>[0-9:.]{5,16})(?<offset>[Zz]|[+ -][0-9]{2}:?[0-9]{2})?\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parts();
}
