namespace Linli.Kernel.Clocks;

/// <summary>Writes a clock's sum down, in the order of time.</summary>
internal sealed class Explainer
{
    private readonly WorkCalendar _calendar;
    private readonly ClockLedger _ledger;
    private readonly ClockSum _sum;
    private readonly List<ExplanationLine> _lines = [];
    private readonly DayLines _days;
    private ClockPart? _part;

    private Explainer(WorkCalendar calendar, ClockLedger ledger)
    {
        (_calendar, _ledger, _sum) = (calendar, ledger, ClockSum.Of(ledger, calendar));
        var end = _sum.Due ?? _sum.Pauses[^1].From;
        var days = calendar.DateOf(end).DayNumber - calendar.DateOf(ledger.Start).DayNumber;
        _days = new DayLines(calendar, _lines, byMonth: days > DayLines.MostDaysOneByOne);
    }

    public static Explanation Explain(WorkCalendar calendar, ClockLedger ledger)
    {
        var explainer = new Explainer(calendar, ledger);
        explainer.SayStart();
        explainer.SayTimeAllowed();
        explainer.SayExtensions();
        explainer.SayTimeline();
        var years = explainer.SayCaution();
        explainer.SayDue();
        return new Explanation(explainer._sum.Due, explainer._lines, years);
    }

    private IEnumerable<BudgetUnit> Units => _ledger.Extensions.Select(e => e.Budget.Unit).Prepend(_ledger.Budget.Unit);

    private bool UsesOpenTime => _ledger.Budget.IsWorkingTime || _ledger.Extensions.Any(e => e.Budget.IsWorkingTime);

    private void SayStart()
    {
        var start = _calendar.Local(_ledger.Start);
        var at = LineWords.Time(_calendar, start);
        var (zh, en) = ($"起算：{at.Zh}", $"Starts: {at.En}");
        if (_ledger.Budget.IsWorkingTime && _ledger.Rule == DayRule.Minute && !_calendar.IsOpen(start))
        {
            var opens = Words.Time(_calendar.NextOpening(start));
            (zh, en) = ($"{zh}，不在工作时间，从 {opens.Zh} 开门时计起", $"{en}, which is outside working hours; counting begins at the next opening, {opens.En}");
        }

        _lines.Add(new ExplanationLine(LineKind.Start, zh, en, start));
    }

    private void SayTimeAllowed()
    {
        _part = _sum.Runs.Count > 0 ? _sum.Runs[0].Part : PartOfNothing();
        SayRule(_part, isFirst: true);
    }

    private void SayExtensions()
    {
        foreach (var extension in _ledger.Extensions.OrderBy(e => e.GrantedAt))
        {
            var (more, why) = (extension.Budget.Words, LineWords.Because(extension.Reason));
            var at = extension.GrantedAt is { } granted ? LineWords.Time(_calendar, granted) : default;
            var by = at.Zh is null ? new Wording("", "") : new Wording($"{at.Zh} 批准，", $", granted {at.En}");
            _lines.Add(new ExplanationLine(LineKind.Extension, $"延期：{by.Zh}增加 {more.Zh}{why.Zh}", $"Extended: {more.En} more{by.En}{why.En}", extension.GrantedAt));
        }
    }

    private void SayTimeline()
    {
        var pauses = new Queue<ClockPause>(_sum.Pauses);
        foreach (var run in _sum.Runs)
        {
            while (pauses.TryPeek(out var pause) && pause.From <= run.From)
            {
                if (pause.From >= run.Part.From)
                {
                    GoOnWith(run.Part);
                }

                SayPause(pauses.Dequeue());
            }

            GoOnWith(run.Part);
            _days.Say(run);
        }

        foreach (var pause in pauses)
        {
            SayPause(pause);
        }

        foreach (var pause in _sum.PausesTooLate)
        {
            var from = LineWords.Time(_calendar, pause.From);
            _lines.Add(new ExplanationLine(LineKind.Paused, $"挂起：自 {from.Zh} 起，已在到期之后，不改变到期时间", $"Paused: from {from.En}, which is not before the due time and changes nothing", pause.From, pause.Until));
        }
    }

    private void GoOnWith(ClockPart part)
    {
        if (part != _part)
        {
            SayRule(part, isFirst: false);
            _part = part;
        }
    }

    /// <summary>Paused from the very start: there is no run to take the part from.</summary>
    private ClockPart PartOfNothing()
    {
        var ruler = new Ruler(_calendar, _ledger.Budget.Unit, _ledger.Rule, _ledger.Start);
        return new ClockPart(_ledger.Budget.Unit, _ledger.Budget.Amount, ruler, ruler.LengthOf(_ledger.Budget.Amount), _calendar.Local(_ledger.Start));
    }

    private void SayRule(ClockPart part, bool isFirst)
    {
        var words = LineWords.Rule(_calendar, part, isFirst, isFirst && part.Amount != _ledger.Budget.Amount);
        if (isFirst && _ledger.Rule == DayRule.NextDay && !Units.Contains(BudgetUnit.WorkingDays))
        {
            words += new Wording("。规则 next-day（次日起算）只用于工作日，这里不起作用", ". The rule next-day applies to working days only and changes nothing here");
        }

        _lines.Add(new ExplanationLine(LineKind.Rule, words.Zh, words.En));
    }

    private void SayPause(ClockPause pause)
    {
        var (from, why) = (LineWords.Time(_calendar, pause.From), LineWords.Because(pause.Reason));
        if (pause.Until is not { } end)
        {
            _lines.Add(new ExplanationLine(LineKind.Paused, $"挂起：自 {from.Zh} 起{why.Zh}，尚未恢复，时钟停着", $"Paused: since {from.En}{why.En}, not resumed yet; the clock stands still", pause.From));
            return;
        }

        var until = LineWords.Time(_calendar, end);
        var lost = LineWords.Lost(_calendar, _part!, pause.From, end) + PauseWords.Days(_calendar, _part!, _calendar.Local(pause.From), _calendar.Local(end));
        _lines.Add(new ExplanationLine(LineKind.Paused, $"挂起：{from.Zh} 至 {until.Zh}{why.Zh}，{lost.Zh}", $"Paused: {from.En} to {until.En}{why.En}; {lost.En}", pause.From, end));
    }

    private IReadOnlyList<int> SayCaution()
    {
        if (!UsesOpenTime)
        {
            return [];
        }

        var years = _calendar.YearsWithoutData(_ledger.Start, _sum.Due ?? _sum.Pauses[^1].From);
        foreach (var words in LineWords.Cautions(_calendar, years))
        {
            _lines.Add(new ExplanationLine(LineKind.Caution, words.Zh, words.En));
        }

        return years;
    }

    private void SayDue()
    {
        if (_sum.Due is not { } due)
        {
            _lines.Add(new ExplanationLine(LineKind.Due, "到期：挂起期间没有到期时间，恢复后再算", "Due: no due time while the clock stands still; it is reckoned when it is resumed"));
            return;
        }

        var at = LineWords.Time(_calendar, due);
        var day = Words.Day(_calendar.DateOf(due).AddDays(-1));
        var midnight = due.TimeOfDay == TimeSpan.Zero ? new Wording($"（即 {day.Zh}24:00）", $" (24:00 of {day.En})") : new Wording("", "");
        _lines.Add(new ExplanationLine(LineKind.Due, $"到期：{at.Zh}{midnight.Zh}", $"Due: {at.En}{midnight.En}", due));
    }
}
