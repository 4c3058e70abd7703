namespace Linli.Kernel.Clocks;

/// <summary>Tries a change of a calendar out: the calendars as they would be, or everything that is wrong with it, at its field.</summary>
public static class CalendarEdits
{
    /// <summary>Characters of one calendar's own part; about a hundred years of holidays.</summary>
    public const int LargestLayer = 1_000_000;

    private const int FirstYear = 1900;
    private const int LastYear = 2200;
    private const int MostDays = 62;
    private const int LongestName = 100;
    private const int LongestNotice = 400;

    public static Outcome<CalendarDraft> Try(InstalledCalendars now, string code, CalendarEdit edit)
    {
        var definition = now.All.Find(code);
        if (edit is CreateCalendar ? definition is not null : definition is null)
        {
            return definition is not null
                ? new Failure.Invalid("code", "已经有代码为“{0}”的工作日历。", code)
                : new Failure.NotFound("没有工作日历“{0}”。现有：{1}。", code, string.Join(", ", now.All.Codes));
        }

        var problems = ProblemsOf(edit);
        if (problems.Count == 0 && edit is PutDays { Replaces: false } days)
        {
            problems.AddRange(Listed(now.Get(code), days));
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var layer = Apply(now.LayerOf(code), edit);
        if (CalendarDraft.LayerText(layer).Length > LargestLayer)
        {
            return new Failure.Invalid(FieldOf(edit, "layer"), "日历“{0}”里的安排太多了。请先删去不再需要的。", code);
        }

        var after = now.With(code, layer);
        return Wrong(after, code, edit) is { } wrong ? wrong : new CalendarDraft(code, now, after, CalendarWords.Of(edit), DatesOf(edit));
    }

    private static CalendarLayer Apply(CalendarLayer layer, CalendarEdit edit) => edit switch
    {
        CreateCalendar create => new CalendarLayer { Head = create.Head, Hours = create.Hours },
        PutHead put => layer with { Head = put.Head },
        PutHours put => layer with { Hours = put.Hours },
        PutDays put => layer with { Exceptions = [.. Without(layer.Exceptions, DatesOf(put)).Concat(DatesOf(put).Select(d => DayOf(put, d))).OrderBy(e => e.Date)] },
        RemoveDays remove => layer with { Exceptions = [.. Without(layer.Exceptions, DatesOf(remove))] },
        PutYear put => layer with { Years = [.. layer.Years.Where(y => y.Year != put.Year.Year).Append(put.Year).OrderBy(y => y.Year)] },
        RemoveYear remove => layer with { Years = [.. layer.Years.Where(y => y.Year != remove.Year)] },
        MakeCountys => layer with { IsCountys = true },
        _ => throw new ArgumentOutOfRangeException(nameof(edit)),
    };

    private static DayException DayOf(PutDays put, DateOnly date) => new(date, put.Kind, put.NameZh, put.NameEn, put.Notice, put.Hours);

    private static IEnumerable<DayException> Without(IEnumerable<DayException> all, IReadOnlyList<DateOnly> dates) => all.Where(e => !dates.Contains(e.Date));

    private static List<DateOnly> DatesOf(CalendarEdit edit) => edit switch
    {
        PutDays put => Range(put.From, put.Until),
        RemoveDays remove => Range(remove.From, remove.Until),
        PutYear put => Range(new DateOnly(put.Year.Year - 1, 12, 1), new DateOnly(put.Year.Year, 12, 31)),
        RemoveYear remove => Range(new DateOnly(remove.Year - 1, 12, 1), new DateOnly(remove.Year, 12, 31)),
        _ => [],
    };

    private static List<DateOnly> Range(DateOnly from, DateOnly? until) =>
        [.. Enumerable.Range(0, Math.Max(0, (until ?? from).DayNumber - from.DayNumber) + 1).Select(from.AddDays)];

    private static List<FieldProblem> ProblemsOf(CalendarEdit edit) => edit switch
    {
        PutDays put =>
        [
            .. InRange("from", put.From), .. InRange("until", put.Until ?? put.From),
            .. When(put.Until < put.From, "until", "最后一天 {0} 早于第一天 {1}。", Words.Date(put.Until ?? put.From), Words.Date(put.From)),
            .. When(put.Until is { } last && last.DayNumber - put.From.DayNumber >= MostDays, "until", "一次最多 {0} 天。", MostDays),
            .. When(!Enum.IsDefined(put.Kind), "kind", "请选择种类。"),
            .. Text("nameZh", put.NameZh, LongestName, isRequired: true), .. Text("nameEn", put.NameEn, LongestName), .. Text("notice", put.Notice, LongestNotice),
        ],
        RemoveDays remove => [.. InRange("from", remove.From), .. When((remove.Until ?? remove.From).DayNumber - remove.From.DayNumber is < 0 or >= MostDays, "until", "一次最多 {0} 天。", MostDays)],
        PutYear put =>
        [
            .. When(put.Year.Year is < FirstYear or > LastYear, "file", "{0} 年超出范围：只能是 {1} 年到 {2} 年。", put.Year.Year, FirstYear, LastYear),
            .. put.Year.Days.SelectMany(d => Text("file", d.NameZh, LongestName, isRequired: true).Concat(Text("file", d.NameEn, LongestName)).Concat(Text("file", d.Notice, LongestNotice))).Take(5),
        ],
        RemoveYear remove => [.. When(remove.Year is < FirstYear or > LastYear, "year", "{0} 年超出范围：只能是 {1} 年到 {2} 年。", remove.Year, FirstYear, LastYear)],
        CreateCalendar create => [.. Text("nameZh", create.Head.NameZh, LongestName), .. Text("nameEn", create.Head.NameEn, LongestName)],
        PutHead put => [.. Text("nameZh", put.Head.NameZh, LongestName), .. Text("nameEn", put.Head.NameEn, LongestName)],
        _ => [],
    };

    /// <summary>Dates that a list already speaks of: to be changed on purpose alone.</summary>
    private static IEnumerable<FieldProblem> Listed(WorkCalendar calendar, PutDays put) =>
        DatesOf(put).Select(calendar.On).Where(d => d.Exception is not null).Take(3).Select(d =>
            new FieldProblem("from", "{0} 已有安排：{1}。确要改写，请勾选“代替原有安排”。", Words.Date(d.Date), d.Exception!.NameZh));

    /// <summary>The changed calendar and all that follow it must still be possible.</summary>
    private static Failure.Invalid? Wrong(InstalledCalendars after, string code, CalendarEdit edit)
    {
        foreach (var each in after.All.Codes.Where(c => after.All.Rests(c).Contains(code)).OrderByDescending(c => c == code))
        {
            if (after.All.Get(each).Failure is Failure.Invalid wrong)
            {
                return new Failure.Invalid([.. wrong.Problems.Select(p => p with { Field = FieldOf(edit, p.Field) })]);
            }
        }

        return null;
    }

    /// <summary>Where the form or the caller gave what is wrong.</summary>
    private static string FieldOf(CalendarEdit edit, string field) => edit switch
    {
        PutDays when field.StartsWith("exceptions.", StringComparison.Ordinal) || field == "hours" => "hours",
        PutDays or RemoveDays => "from",
        PutYear => "file",
        RemoveYear => "year",
        _ => field,
    };

    private static IEnumerable<FieldProblem> InRange(string field, DateOnly date) =>
        When(date.Year is < FirstYear or > LastYear, field, "{0} 超出日历的范围（{1}–{2} 年）。", Words.Date(date), FirstYear, LastYear);

    private static IEnumerable<FieldProblem> Text(string field, string? text, int most, bool isRequired = false) =>
        string.IsNullOrWhiteSpace(text) ? When(isRequired, field, "请填写名称。") : When(text.Length > most, field, "最多 {0} 个字。", most);

    private static IEnumerable<FieldProblem> When(bool isWrong, string field, string message, params object[] values) =>
        isWrong ? [new FieldProblem(field, message, values)] : [];
}
