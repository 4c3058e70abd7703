using System.Globalization;
using System.Text.Json;

namespace Linli.Kernel.Clocks.Import;

/// <summary>What is wrong with a holiday file that is JSON, in the words of somebody who has the file before them.</summary>
internal static class CalendarYearFaults
{
    private const int MostTold = 10;
    private static readonly string[] Kinds = [.. Enum.GetNames<DayKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The form of holiday-cn, which calls its notices papers.</summary>
    public static bool IsHolidayCn(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("papers", out _);

    public static IReadOnlyList<FieldProblem> Of(JsonElement root, string field)
    {
        if (root.ValueKind != JsonValueKind.Object || Part(root, "year") is not { ValueKind: JsonValueKind.Number } || Part(root, "days") is not { ValueKind: JsonValueKind.Array } days)
        {
            return [new(field, "看不懂放假安排：要有年份 year 和列表 days。", [])];
        }

        var isHolidayCn = IsHolidayCn(root);
        return [.. days.EnumerateArray().SelectMany((day, n) => OfDay(day, n + 1, isHolidayCn)).Take(MostTold).Select(f => new FieldProblem(field, f.Message, f.Values))];
    }

    private static IEnumerable<(string Message, object[] Values)> OfDay(JsonElement day, int n, bool isHolidayCn)
    {
        if (day.ValueKind != JsonValueKind.Object)
        {
            yield return ("第 {0} 条“{1}”不是一天的安排。", [n, Shown(day)]);
            yield break;
        }

        if (Text(day, "date") is not { } date || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return ("第 {0} 条的日期 date “{1}”不对；请写成 2027-01-01。", [n, Shown(Part(day, "date"))]);
        }

        var name = isHolidayCn ? "name" : "nameZh";
        if (string.IsNullOrWhiteSpace(Text(day, name)))
        {
            yield return ("第 {0} 条没有名称 {1}。", [n, name]);
        }

        if (isHolidayCn && Part(day, "isOffDay") is not { ValueKind: JsonValueKind.True or JsonValueKind.False })
        {
            yield return ("第 {0} 条的 {1} “{2}”不认识；可用 {3}。", [n, "isOffDay", Shown(Part(day, "isOffDay")), "true, false"]);
        }

        if (!isHolidayCn && Part(day, "kind") is { } kind && !Kinds.Contains(Text(day, "kind"), StringComparer.OrdinalIgnoreCase))
        {
            yield return ("第 {0} 条的 {1} “{2}”不认识；可用 {3}。", [n, "kind", Shown(kind), string.Join(", ", Kinds)]);
        }

        if (!isHolidayCn && Part(day, "hours") is { ValueKind: JsonValueKind.Array } hours)
        {
            foreach (var stretch in hours.EnumerateArray().Where(h => h.ValueKind != JsonValueKind.String || !OpenHours.TryParse(h.GetString(), out _)))
            {
                yield return ("第 {0} 条的工作时间 hours “{1}”不对；请写成 08:30-12:00。", [n, Shown(stretch)]);
            }
        }
    }

    private static JsonElement? Part(JsonElement whole, string name)
    {
        foreach (var property in whole.EnumerateObject().Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return property.Value;
        }

        return null;
    }

    private static string? Text(JsonElement day, string name) => Part(day, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Shown(JsonElement? part) => part?.ToString() is { Length: > 0 } text ? text.Length <= 40 ? text : text[..40] + "…" : "";
}
