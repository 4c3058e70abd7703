namespace Linli.Kernel.Clocks;

/// <summary>Which days in a pause would not have counted anyway, so that what the pause gives back can be checked.</summary>
internal static class PauseWords
{
    private const int MostNamed = 12;

    /// <summary>春节放假 10 天（2020-01-24（周五）至 2020-02-02（周日））、其他休息日 2 天. Nothing where all days in it are ordinary working days, or where every hour counts.</summary>
    public static Wording Days(WorkCalendar calendar, ClockPart part, DateTimeOffset from, DateTimeOffset until)
    {
        if (!part.Ruler.CountsDays && !part.Ruler.CountsOpenTime)
        {
            return new Wording("", "");
        }

        List<List<DayPiece>> named = [];
        var rest = 0;
        foreach (var piece in DayPiece.Of(calendar, new ClockRun(from, until, part)).Where(p => p.To > p.From))
        {
            if (piece.Day.Exception is null)
            {
                rest += piece.Day.IsWorkingDay ? 0 : 1;
            }
            else if (named.Count > 0 && Follows(named[^1][^1], piece))
            {
                named[^1].Add(piece);
            }
            else
            {
                named.Add([piece]);
            }
        }

        List<Wording> said = [.. named.Take(MostNamed).Select(Said)];
        if (named.Count > MostNamed)
        {
            var more = named.Skip(MostNamed).Sum(n => n.Count);
            said.Add(new Wording($"另有 {more} 天放假、调休或停办", $"{LineWords.Count(more, "more day")} of holidays, make-up days and closures"));
        }

        if (rest > 0)
        {
            said.Add(named.Count == 0
                ? new Wording($"休息日 {rest} 天", LineWords.Count(rest, "day") + " of rest")
                : new Wording($"其他休息日 {rest} 天", LineWords.Count(rest, "other day") + " of rest"));
        }

        return said.Count == 0 ? new Wording("", "") : new Wording($"；其中有{string.Join('、', said.Select(s => s.Zh))}", $"; in it: {string.Join("; ", said.Select(s => s.En))}");
    }

    private static bool Follows(DayPiece last, DayPiece next) =>
        last.Date.AddDays(1) == next.Date && last.Day.Exception!.NameZh == next.Day.Exception!.NameZh && Words(last, 1) == Words(next, 1);

    private static Wording Said(List<DayPiece> days)
    {
        var (words, dates) = (Words(days[0], days.Count), Clocks.Words.Days(days[0].Date, days[^1].Date));
        return new Wording($"{words.Zh}（{dates.Zh}）", $"{words.En} ({dates.En})");
    }

    private static Wording Words(DayPiece piece, int days)
    {
        var words = piece.Day.IsWorkingDay ? piece.WhatOpen() : piece.WhatClosed(days);
        return words with { En = words.En.TrimStart(',', ' ') };
    }
}
