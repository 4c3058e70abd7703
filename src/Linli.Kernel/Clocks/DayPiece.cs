namespace Linli.Kernel.Clocks;

/// <summary>The part of one date that lies in a run of a clock.</summary>
/// <param name="Open">Open time in it.</param>
/// <param name="Counts">Adds to the sum.</param>
/// <param name="CountsDays">The sum counts whole days, not time.</param>
/// <param name="IsMissing">The place skipped the whole date when it changed its clocks (Apia, 2011-12-30).</param>
internal sealed record DayPiece(WorkDay Day, DateTimeOffset From, DateTimeOffset To, bool IsWhole, TimeSpan Open, bool Counts, bool CountsDays, bool IsStart, bool IsMissing)
{
    public DateOnly Date => Day.Date;

    public bool ClosesPaused => CountsDays && !Counts && !IsStart && Day.IsWorkingDay;

    public static IEnumerable<DayPiece> Of(WorkCalendar calendar, ClockRun run)
    {
        var last = calendar.DateOf(run.To > run.From ? run.To.AddTicks(-1) : run.To);
        var from = run.From;
        for (var date = calendar.DateOf(run.From); date <= last; date = date.AddDays(1))
        {
            var next = calendar.Midnight(date.AddDays(1));
            var to = next < run.To ? next : run.To;
            var open = calendar.OpenBetween(from, to);
            var ruler = run.Part.Ruler;
            var counts = ruler.CountsDays ? ruler.Between(from, to) > 0 : open > TimeSpan.Zero;
            yield return new DayPiece(calendar.On(date), from, to, from == calendar.Midnight(date) && to == next, open, counts, ruler.CountsDays, date == calendar.DateOf(run.Part.From), calendar.Midnight(date) == next);
            from = to;
        }
    }

    /// <summary>Every day of a line has the open time that its hours say; by the month, a line may hold days of rest and several kinds of hours.</summary>
    public bool SharesLineWith(DayPiece next, bool byMonth)
    {
        if (!IsRegular || !next.IsRegular)
        {
            return false;
        }

        if (Day.Exception is not null || next.Day.Exception is not null)
        {
            return Day.Exception is { } mine && next.Day.Exception is { } other && mine.Kind == other.Kind && mine.NameZh == other.NameZh
                && mine.Notice == other.Notice && Counts == next.Counts && HasHoursOf(next);
        }

        if (IsStart || next.IsStart)
        {
            return false;
        }

        return byMonth
            ? (Date.Year, Date.Month) == (next.Date.Year, next.Date.Month) && Day.Season == next.Day.Season
            : Counts == next.Counts && HasHoursOf(next) && (Counts || WhyNot(1) == next.WhyNot(1));
    }

    /// <summary>Why a date does not count. <paramref name="days"/>: how many dates share the line.</summary>
    public Wording WhyNot(int days) => (Day.Exception, CountsDays) switch
    {
        _ when IsMissing => new("当地拨钟时跳过了这一天，没有这个日期", "this date does not exist here; the clocks skipped it"),
        ({ Kind: DayKind.MakeUp }, true) or (null, true) when Day.IsWorkingDay && IsStart => new("起算当日，不计", "the date of the start does not count"),
        ({ Kind: not DayKind.MakeUp }, _) when !Day.IsWorkingDay => WhatClosed(days) + new Wording("，不计", ""),
        _ when Day.IsWorkingDay && IsWhole => new("工作时间因拨钟被跳过，不计", "the clocks change and skip the working hours"),
        _ when Day.IsWorkingDay => new($"{Words.Clock(From.TimeOfDay)} 以后不在工作时间，不计", $"outside working hours after {Words.Clock(From.TimeOfDay)}"),
        _ when Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday => new("周末，不计", "weekend"),
        _ => new("休息日，不计", "day of rest"),
    };

    /// <summary>春节放假 8 天: the order by which a date is closed; nothing for the usual days of rest.</summary>
    public Wording WhatClosed(int days) => Day.Exception switch
    {
        { Kind: DayKind.Holiday } e => new($"{e.NameZh}放假{DaysZh(days)}", $"{e.NameEn ?? e.NameZh}, holiday{DaysEn(days)}"),
        { Kind: DayKind.Closure } e => new($"{e.NameZh}停办{DaysZh(days)}", $"{e.NameEn ?? e.NameZh}, closed{DaysEn(days)}"),
        _ => new("", ""),
    };

    /// <summary>What is special about an open date.</summary>
    public Wording WhatOpen() => Day.Exception switch
    {
        null => new("", ""),
        { Kind: DayKind.MakeUp } e when Day.IsMadeUp => new($"{e.NameZh}调休上班", $", make-up working day for {e.NameEn ?? e.NameZh}"),
        { Kind: DayKind.MakeUp } e => new($"{e.NameZh}通知写明上班", $", a working day by the notice for {e.NameEn ?? e.NameZh}"),
        var e => new($"{e.NameZh}部分时间停办", $", {e.NameEn ?? e.NameZh}: open in part"),
    };

    /// <summary>The open stretches inside the piece, as the clock on the wall shows them.</summary>
    public Wording HoursText()
    {
        var start = From.TimeOfDay;
        var end = DateOnly.FromDateTime(To.DateTime) > Date ? TimeSpan.FromDays(1) : To.TimeOfDay;
        var stretches = Day.Hours.Select(h => (From: Later(start, TimeSpan.FromMinutes(h.From)), To: Earlier(end, TimeSpan.FromMinutes(h.To)))).Where(s => s.From < s.To).ToList();
        var texts = stretches.Select(s => $"{Words.Clock(s.From)}–{Words.Clock(s.To)}").ToList();
        var shown = new TimeSpan(stretches.Sum(s => s.To.Ticks - s.From.Ticks));
        var changed = shown == Open ? new Wording("", "") : new Wording("（当日拨钟）", " (the clocks change)");
        return new Wording(string.Join('、', texts), string.Join(", ", texts)) + changed;
    }

    /// <summary>The piece is all there is of its date, and no change of the clocks has made its hours longer or shorter.</summary>
    private bool IsRegular => !IsMissing && (Open == TimeSpan.FromMinutes(Day.OpenMinutes) || (CountsDays && (IsWhole || Counts)));

    private bool HasHoursOf(DayPiece other) => Day.Hours.SequenceEqual(other.Day.Hours);

    private static string DaysZh(int days) => days == 1 ? "" : $" {days} 天";

    private static string DaysEn(int days) => days == 1 ? "" : $", {days} days";

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
