namespace Linli.Kernel.Clocks.Questions;

/// <summary>
/// When would this be due, and why? As typed on the command line or sent to the API; <see cref="Answer"/> reads and answers it, or says
/// everything that is wrong with it.
/// </summary>
/// <param name="Calendar">Code; "cn" if none is named.</param>
/// <param name="Rule">minute or next-day.</param>
/// <param name="Pauses">FROM/UNTIL each, or FROM/ while it lasts.</param>
/// <param name="Extensions">Budgets, in the order granted.</param>
public sealed record ExplainQuestion(
    string? Start,
    string? Budget,
    string? Calendar = null,
    string? Rule = null,
    IReadOnlyList<string>? Pauses = null,
    IReadOnlyList<string>? Extensions = null)
{
    private const int MostEntries = 100;

    public Outcome<ExplainAnswer> Answer(WorkCalendars calendars)
    {
        var reader = new QuestionReader(calendars, Calendar);
        var calendar = reader.ReadCalendar();
        var start = reader.ReadTime(Start, "start");
        var ledger = new ClockLedger(start, reader.ReadBudget(Budget, "budget"), reader.ReadRule(Rule))
        {
            Pauses = ReadPauses(reader),
            Extensions = [.. (Extensions ?? []).Take(MostEntries).Select(e => new ClockExtension(null, reader.ReadBudget(e, "extension")))],
        };
        if (Pauses?.Count > MostEntries || Extensions?.Count > MostEntries)
        {
            reader.Say("pause", "挂起和延期各最多 {0} 条。", MostEntries);
        }

        if ((reader.Failure ?? ledger.Check()) is { } failure)
        {
            return failure;
        }

        try
        {
            return ExplainAnswer.Of(calendar!, ledger, calendar!.Explain(ledger));
        }
        catch (ArgumentOutOfRangeException)
        {
            return new Failure.Invalid("budget", "结果超出日历的范围（{0} 年）。请缩短时限或挂起。", ZoneOffsets.LastYear);
        }
    }

    private List<ClockPause> ReadPauses(QuestionReader reader)
    {
        List<ClockPause> pauses = [];
        foreach (var text in (Pauses ?? []).Take(MostEntries))
        {
            var ends = text.Split('/');
            if (ends.Length != 2)
            {
                reader.Say("pause", "看不懂挂起“{0}”。请写成 开始/结束，例如 2025-01-26T10:00+08:00/2025-02-05T09:00+08:00；还没有恢复就不写结束。", text.Length <= 80 ? text : text[..80] + "…");
                continue;
            }

            pauses.Add(new ClockPause(reader.ReadTime(ends[0], "pause"), string.IsNullOrWhiteSpace(ends[1]) ? null : reader.ReadTime(ends[1], "pause")));
        }

        return pauses;
    }
}

/// <summary>The answer as programs read it.</summary>
/// <param name="Due">Null while the clock stands still.</param>
public sealed record ExplainAnswer(
    DateTimeOffset? Due,
    DateTimeOffset Start,
    string Budget,
    string Rule,
    string Calendar,
    string TimeZone,
    IReadOnlyList<AnswerLine> Lines,
    IReadOnlyList<int> YearsWithoutData)
{
    public static ExplainAnswer Of(WorkCalendar calendar, ClockLedger ledger, Explanation explanation) => new(
        explanation.Due,
        calendar.Local(ledger.Start),
        ledger.Budget.ToString(),
        ledger.Rule == DayRule.NextDay ? "next-day" : "minute",
        calendar.Code,
        calendar.TimeZone.Id,
        [.. explanation.Lines.Select(l => new AnswerLine(l.Kind, l.Zh, l.En, l.From, l.To, l.Counted?.TotalMinutes, l.Notice))],
        explanation.YearsWithoutData);
}

/// <summary>One line of the sum, in both languages. <paramref name="Minutes"/>: how much of the time counts.</summary>
public sealed record AnswerLine(LineKind Kind, string Zh, string En, DateTimeOffset? From, DateTimeOffset? To, double? Minutes, string? Notice);
