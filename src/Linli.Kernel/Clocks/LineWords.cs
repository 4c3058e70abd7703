using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>The sentences of an explanation.</summary>
internal static class LineWords
{
    /// <summary>The instant by the calendar's clock; with its offset where the clock shows this time twice.</summary>
    public static Wording Time(WorkCalendar calendar, DateTimeOffset instant)
    {
        var local = calendar.Local(instant);
        var offset = calendar.TimeZone.IsAmbiguousTime(local.DateTime) ? local.ToString(" zzz", CultureInfo.InvariantCulture) : "";
        return Words.Time(local) + new Wording(offset, offset);
    }

    /// <summary>What may be wrong for want of holidays: years still to come differ from those before the first year that is recorded.</summary>
    public static IEnumerable<Wording> Cautions(WorkCalendar calendar, IReadOnlyList<int> years)
    {
        var first = calendar.FirstYearWithData ?? int.MinValue;
        List<int> old = [.. years.Where(y => y < first)];
        List<int> missing = [.. years.Where(y => y > first)];
        if (old.Count > 0)
        {
            yield return new($"注意：日历中没有 {Named(old)} 年的放假记录（最早到 {first} 年），按平日作息推算",
                $"Mind: the calendar has no holidays recorded for {Named(old)} (they begin with {first}); reckoned by the weekly hours alone");
        }

        if (missing.Count > 0)
        {
            yield return new($"注意：日历中还没有 {Named(missing)} 年的放假调休安排，暂按平日作息推算；安排录入后结果可能变动",
                $"Mind: the calendar has no holiday notice for {Named(missing)} yet; reckoned by the weekly hours alone, and the result may change when it is known");
        }
    }

    public static Wording Because(Wording reason) => reason.Zh is null ? new("", "") : new($"（{reason.Zh}）", $" ({reason.En ?? reason.Zh})");

    public static Wording Rule(WorkCalendar calendar, ClockPart part, bool isFirst, bool isSum)
    {
        var amount = new Wording(BudgetText.Chinese(part.Unit, part.Amount), BudgetText.English(part.Unit, part.Amount));
        var head = (isFirst, isSum) switch
        {
            (true, false) => new Wording($"时限：{amount.Zh}", $"Time allowed: {amount.En}"),
            (true, true) => new Wording($"时限：连同延期共 {amount.Zh}", $"Time allowed: {amount.En} with the extensions"),
            _ => new Wording($"延期：接着从 {Time(calendar, part.From).Zh} 起计 {amount.Zh}", $"Extension: {amount.En} more from {Time(calendar, part.From).En}"),
        };
        return head + Counting(calendar, part) + (part.Unit is BudgetUnit.WorkingDays or BudgetUnit.WorkingHours
            ? new Wording($"。日历：{calendar.Name.Zh}（{calendar.Code}）", $". Calendar: {calendar.Name.En} ({calendar.Code})")
            : default);
    }

    /// <summary>What a pause gives back.</summary>
    public static Wording Lost(WorkCalendar calendar, ClockPart part, DateTimeOffset from, DateTimeOffset until)
    {
        if (part.Ruler.CountsDays)
        {
            var days = part.Ruler.Between(from, until);
            return new($"其间 {days} 个工作日到下班时仍在挂起，不计", $"{Count(days, "working day")} in it closed while paused and {(days == 1 ? "does" : "do")} not count");
        }

        if (part.Ruler.CountsOpenTime)
        {
            var open = Words.Hours(calendar.OpenBetween(from, until));
            return new($"其间 {open.Zh}工作时间不计", $"{open.En} of working time in it does not count");
        }

        var span = Words.Span(until - from);
        return new($"其间 {span.Zh}不计", $"{span.En} in it does not count");
    }

    /// <summary>工作时间 24 小时（3 个工作日 1 个工作小时）.</summary>
    public static Wording Elapsed(WorkCalendar calendar, TimeSpan open)
    {
        var (hours, days) = (Words.Hours(open), Words.DaysAndHours(open, calendar.StandardDay, working: true));
        return open < calendar.StandardDay
            ? new Wording($"工作时间 {hours.Zh}", $"{hours.En} of working time")
            : new Wording($"工作时间 {hours.Zh}（{days.Zh}）", $"{hours.En} of working time ({days.En})");
    }

    public static string Count(long n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    private static string Named(List<int> years) => years.Count <= 3 ? string.Join(", ", years) : $"{years[0]}, {years[1]} … {years[^1]}";

    private static Wording Counting(WorkCalendar calendar, ClockPart part)
    {
        var (day, all) = (Words.Hours(calendar.StandardDay), Words.Hours(new TimeSpan(part.Ruler.CountsDays ? 0 : part.Length)));
        return (part.Unit, part.Ruler.CountsDays) switch
        {
            (BudgetUnit.WorkingDays, true) => new(
                $"。规则 next-day（次日起算）：从起算日之后的第一个工作日数起，第 {part.Amount} 个工作日下班时到期",
                $". Rule next-day: counting begins on the first working day after the date of the start; due at closing time of working day {part.Amount}"),
            (BudgetUnit.WorkingDays, false) => new(
                $"。规则 minute（按分钟）：每个工作日按 {day.Zh}计，共 {all.Zh}工作时间",
                $". Rule minute: a working day is {day.En}, together {all.En} of working time"),
            (BudgetUnit.WorkingHours, _) => new("，只计工作时间", ", working time only"),
            (BudgetUnit.NaturalDays, _) => new("，昼夜、周末和节假日都计入，到最后一天的同一时刻", ", day and night, weekends and holidays included, to the same time of the last day"),
            _ => new("，昼夜、周末和节假日都计入", ", day and night, weekends and holidays included"),
        };
    }
}
