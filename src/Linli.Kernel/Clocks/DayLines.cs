namespace Linli.Kernel.Clocks;

/// <summary>
/// One run of a clock, day by day. Days of one kind that follow each other share a line; a long sum takes ordinary days by the month,
/// but every holiday and make-up day keeps its own line.
/// </summary>
internal sealed class DayLines(WorkCalendar calendar, List<ExplanationLine> lines, bool byMonth)
{
    public const int MostDaysOneByOne = 62;

    private ClockPart? _part;
    private long _left;
    private DateOnly _lastSaid;

    public void Say(ClockRun run)
    {
        if (_part != run.Part)
        {
            (_part, _left) = (run.Part, run.Part.Length);
        }

        if (!run.Part.Ruler.CountsDays && !run.Part.Ruler.CountsOpenTime)
        {
            SayNatural(run);
            return;
        }

        List<DayPiece> group = [];
        foreach (var piece in DayPiece.Of(calendar, run))
        {
            // A working day whose closing time lies in a pause is told by the line of the pause.
            if (!piece.Counts && (piece.Date <= _lastSaid || piece.ClosesPaused))
            {
                continue;
            }

            // A line that counts begins on a day that counts.
            if (group.Count > 0 && (!group[^1].SharesLineWith(piece, byMonth) || (piece.Counts && !group.Exists(p => p.Counts))))
            {
                SayGroup(group);
            }

            group.Add(piece);
        }

        if (group.Count > 0)
        {
            SayGroup(group);
        }
    }

    private void SayNatural(ClockRun run)
    {
        _left -= (run.To - run.From).Ticks;
        var (from, to, span) = (LineWords.Time(calendar, run.From), LineWords.Time(calendar, run.To), Words.Span(run.To - run.From));
        var change = calendar.Local(run.From).Offset - calendar.Local(run.To).Offset;
        var changed = change == TimeSpan.Zero ? new Wording("", "")
            : change > TimeSpan.Zero ? new($"（其间拨慢时钟 {Words.Hours(change).Zh}）", $" (the clocks go back {Words.Hours(change).En} in between)")
            : new($"（其间拨快时钟 {Words.Hours(-change).Zh}）", $" (the clocks go forward {Words.Hours(-change).En} in between)");
        Add(LineKind.Counted, new Wording($"{from.Zh} 至 {to.Zh}：计 {span.Zh}", $"{from.En} to {to.En}: {span.En}") + changed, run.From, run.To, run.To - run.From, null, Words.Span(new TimeSpan(_left)));
    }

    private void SayGroup(List<DayPiece> group)
    {
        var (first, last) = (group[0], group[^1]);
        _lastSaid = last.Date;
        var when = Words.Days(first.Date, last.Date);
        if (!group.Exists(p => p.Counts))
        {
            var why = first.WhyNot(group.Count);
            Add(LineKind.NotCounted, new($"{when.Zh}：{why.Zh}", $"{when.En}: {why.En}"), first.From, last.To, TimeSpan.Zero, first.Day.Exception?.Notice, null);
        }
        else if (first.CountsDays)
        {
            SayWholeDays(group, when);
        }
        else
        {
            SayOpenTime(group, when);
        }

        group.Clear();
    }

    private void SayWholeDays(List<DayPiece> group, Wording when)
    {
        var (first, counted) = (group[0], group.Count(p => p.Counts));
        var (from, to) = (_part!.Length - _left + 1, _part.Length - _left + counted);
        _left -= counted;
        var what = first.WhatOpen();
        var closed = Weekends(group);
        var numbers = from == to ? new Wording($"第 {from} 个工作日", $"working day {from}") : new Wording($"第 {from}–{to} 个工作日", $"working days {from}–{to}");
        Add(LineKind.Counted, new($"{when.Zh}{what.Zh}：{numbers.Zh}{closed.Zh}", $"{when.En}{what.En}: {numbers.En}{closed.En}"), first.From, group[^1].To, null, first.Day.Exception?.Notice, null);
    }

    private void SayOpenTime(List<DayPiece> group, Wording when)
    {
        var (first, counted) = (group[0], new TimeSpan(group.Sum(p => p.Open.Ticks)));
        _left -= counted.Ticks;
        var (what, hours, total, closed) = (first.WhatOpen(), Hours([.. group.Where(p => p.Counts)]), Words.Hours(counted), Weekends(group));
        Add(
            LineKind.Counted,
            new($"{when.Zh}{what.Zh}：{hours.Zh}，计 {total.Zh}{closed.Zh}", $"{when.En}{what.En}: {hours.En}, {total.En}{closed.En}"),
            first.From,
            group[^1].To,
            counted,
            first.Day.Exception?.Notice,
            Words.Hours(new TimeSpan(_left)));
    }

    /// <summary>Each kind of day with its hours and what they come to, so that the total can be checked.</summary>
    private static Wording Hours(List<DayPiece> days)
    {
        if (days is [var only])
        {
            return only.HoursText();
        }

        var kinds = days.GroupBy(d => d.HoursText()).Select(kind =>
        {
            var (n, hours, each) = (kind.Count(), kind.Key, Words.Hours(kind.First().Open));
            return new Wording($"{n} 个工作日{(n == 1 ? "" : "，每日")} {hours.Zh}（{each.Zh}）", $"{LineWords.Count(n, "working day")}{(n == 1 ? "" : ", each")} {hours.En} ({each.En})");
        }).ToList();
        return new Wording(string.Join('；', kinds.Select(k => k.Zh)), string.Join("; ", kinds.Select(k => k.En)));
    }

    private static Wording Weekends(List<DayPiece> group)
    {
        var closed = group.Count(p => !p.Counts);
        return closed == 0 ? new("", "") : new($"（休息日 {closed} 天不计）", $" ({LineWords.Count(closed, "day")} of rest left out)");
    }

    private void Add(LineKind kind, Wording text, DateTimeOffset from, DateTimeOffset to, TimeSpan? counted, string? notice, Wording? left)
    {
        var rest = left is null ? new Wording("", "") : _left == 0 ? new Wording("，用完", ", all used") : new Wording($"，还差 {left.Value.Zh}", $", {left.Value.En} to go");
        lines.Add(new ExplanationLine(kind, text.Zh + rest.Zh, text.En + rest.En, from, to, counted, notice));
    }
}
