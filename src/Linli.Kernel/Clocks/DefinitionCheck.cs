using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>Everything that can be wrong with a calendar as written down, each at its place.</summary>
internal sealed class DefinitionCheck(WorkCalendarDefinition definition)
{
    private readonly List<FieldProblem> _problems = [];

    public static IReadOnlyList<FieldProblem> Of(WorkCalendarDefinition definition)
    {
        var check = new DefinitionCheck(definition);
        check.CheckHead();
        check.CheckHours();
        check.CheckSeasons();
        check.CheckExceptions();
        return check._problems;
    }

    private void CheckHead()
    {
        if (definition.Code.Length is 0 or > 40 || !definition.Code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            Say("code", "日历代码“{0}”只能用小写字母、数字和连字符，最多 40 个字符。", definition.Code);
        }

        if (string.IsNullOrWhiteSpace(definition.NameZh) || string.IsNullOrWhiteSpace(definition.NameEn))
        {
            Say("nameZh", "日历“{0}”要有中文名和英文名。", definition.Code);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.TimeZone, out _))
        {
            Say("timeZone", "时区“{0}”不认识。请用 IANA 名称，例如 Asia/Shanghai。", definition.TimeZone);
        }

        if (definition.StandardDayMinutes is < 1 or > OpenHours.DayMinutes)
        {
            Say("standardDayMinutes", "标准工作日 {0} 分钟不对：应在 1 到 1440 分钟之间。", definition.StandardDayMinutes);
        }
    }

    private void CheckHours()
    {
        for (var n = 0; n < definition.Hours.Count; n++)
        {
            foreach (var (day, hours) in definition.Hours[n].Days)
            {
                CheckStretches($"hours[{n}].{day}", hours);
            }
        }

        if (!definition.Hours.Any(s => s.Days.Values.Any(h => h.Count > 0)))
        {
            Say("hours", "日历“{0}”没有任何工作时间，按它永远算不出期限。请至少写一段，例如 08:30-12:00。", definition.Code);
        }
    }

    private void CheckStretches(string field, IReadOnlyList<OpenHours> hours)
    {
        foreach (var stretch in hours.Where(h => h.From >= h.To || h.From < 0 || h.To > OpenHours.DayMinutes))
        {
            Say(field, "工作时间 {0} 是空的或超出一天：开始要早于结束，结束最晚 24:00；跨午夜的请拆成两天写。", stretch.ToString());
        }

        var inOrder = hours.OrderBy(h => h.From).ToList();
        foreach (var (left, right) in inOrder.Zip(inOrder.Skip(1)).Where(p => p.Second.From < p.First.To))
        {
            Say(field, "工作时间 {0} 和 {1} 重叠。", left.ToString(), right.ToString());
        }
    }

    private void CheckSeasons()
    {
        for (var n = 0; n < definition.Hours.Count; n++)
        {
            var season = definition.Hours[n];
            if ((season.From is null) != (season.To is null) || (season.From is not null && (Season.Read(season.From) is null || Season.Read(season.To) is null)))
            {
                Say($"hours[{n}].from", "季节的起止“{0}”“{1}”不对：两个都要写成 月-日，例如 05-01。", season.From ?? "", season.To ?? "");
            }
            else if (season.Since > season.Until)
            {
                Say($"hours[{n}].since", "作息的启用日 {0} 晚于停用日 {1}。", Iso(season.Since), Iso(season.Until));
            }
        }

        if (_problems.Count > 0)
        {
            return;
        }

        var seasons = definition.Hours.Select(h => new Season(h)).ToList();
        foreach (var (n, m) in Pairs(seasons.Count).Where(p => seasons[p.First].Collides(seasons[p.Second])))
        {
            Say($"hours[{m}]", "第 {0} 套和第 {1} 套作息在同一些日子都有效，无法判断用哪一套。", n + 1, m + 1);
        }
    }

    private void CheckExceptions()
    {
        var lists = definition.Years.SelectMany(y => y.Days.Select(d => (Field: $"years[{y.Year}]", Day: d)))
            .Concat(definition.Exceptions.Select(d => (Field: "exceptions", Day: d))).ToList();
        foreach (var (field, day) in lists)
        {
            CheckStretches($"{field}.{Iso(day.Date)}", day.Hours ?? []);
            if (day.Kind == DayKind.MakeUp && day.Hours is { Count: 0 })
            {
                Say(field, "{0} 是补班日，却没有工作时间。", Iso(day.Date));
            }

            if (day.Date < ZoneOffsets.FirstDay || day.Date.Year > ZoneOffsets.LastYear)
            {
                Say(field, "{0} 超出日历的范围（{1}–{2} 年）。", Iso(day.Date), ZoneOffsets.FirstYear, ZoneOffsets.LastYear);
            }
        }

        foreach (var same in lists.GroupBy(l => l.Day.Date).Where(g => g.Count() > 1 && !IsReplacement([.. g.Select(l => l.Day)])))
        {
            Say(same.Last().Field, "{0} 出现了两次（{1}、{2}）。同一天只能有一条；确要改写请注明“替换”。", Iso(same.Key), same.First().Day.NameZh, same.Last().Day.NameZh);
        }

        foreach (var year in definition.Years.GroupBy(y => y.Year).Where(g => g.Count() > 1))
        {
            Say("years", "{0} 年的放假安排出现了两次。", year.Key);
        }
    }

    private static bool IsReplacement(List<DayException> same) => same.Skip(1).All(d => d.Replaces);

    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        from n in Enumerable.Range(0, count) from m in Enumerable.Range(n + 1, count - n - 1) select (n, m);

    private static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private void Say(string field, string message, params object[] values) => _problems.Add(new FieldProblem(field, message, values));
}
