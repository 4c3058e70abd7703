namespace Linli.Kernel.Clocks;

/// <summary>Writes the sum down.</summary>
internal static class Explainer
{
    public static Explanation Explain(WorkCalendar calendar, ClockLedger ledger)
    {
        var sum = ClockSum.Of(ledger, calendar);
        var start = Words.Time(calendar.Local(ledger.Start));
        List<ExplanationLine> lines = [new(LineKind.Start, $"起算:{start.Zh}", $"Starts: {start.En}", ledger.Start)];
        if (sum.Due is { } due)
        {
            var end = Words.Time(due);
            lines.Add(new ExplanationLine(LineKind.Due, $"到期:{end.Zh}", $"Due: {end.En}", due));
        }

        return new Explanation(sum.Due, lines, []);
    }
}
