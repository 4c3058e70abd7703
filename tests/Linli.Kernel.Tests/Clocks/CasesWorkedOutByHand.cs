using System.Globalization;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>The table that a clerk can read, cases.md, against the product.</summary>
public sealed class CasesWorkedOutByHand
{
    public static TheoryData<int, string> DueTimes => Of("Due");

    public static TheoryData<int, string> ElapsedTimes => Of("Working time");

    [Theory]
    [MemberData(nameof(DueTimes))]
    public void A_clock_is_due_when_the_clerk_says(int number, string what)
    {
        var row = Row(number);
        var calendar = Clock.Calendar(row["Calendar"]);
        var ledger = Ledger(row, calendar);
        var explanation = calendar.Explain(ledger);

        var shown = explanation.Due!.Value.ToString(row["Due"].Length > 16 ? "yyyy-MM-dd HH:mm zzz" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.True(shown == row["Due"], $"{number} {what}: {shown}, but by hand {row["Due"]} ({row["Working"]})");
        Assert.Equal(explanation.Due, ledger.DueOn(calendar));
        Assert.Equal(row["No data"], string.Join(", ", explanation.YearsWithoutData));
        Assert.Equal(row["No data"].Length > 0, explanation.Lines.Any(l => l.Kind == LineKind.Caution));
        if (ledger is { Pauses.Count: 0, Extensions.Count: 0 })
        {
            Assert.Equal(explanation.Due, calendar.Add(ledger.Start, ledger.Budget, ledger.Rule));
        }
    }

    [Theory]
    [MemberData(nameof(ElapsedTimes))]
    public void Working_time_between_two_instants_is_what_the_clerk_says(int number, string what)
    {
        var row = Row(number);
        var calendar = Clock.Calendar(row["Calendar"]);
        var (from, to) = (CaseTable.Time(row["From"], calendar), CaseTable.Time(row["To"], calendar));
        var open = calendar.OpenBetween(from, to);

        Assert.True($"{(int)open.TotalHours}:{open.Minutes:00}" == row["Working time"], $"{number} {what}: {open}, but by hand {row["Working time"]} ({row["Working"]})");
        Assert.Equal(-open, calendar.OpenBetween(to, from));
    }

    [Fact]
    public void The_table_has_every_make_up_day_of_the_shipped_data()
    {
        var told = CaseTable.Rows.Where(r => r.ContainsKey("Due")).Select(r => r["What"].Split(' ', ',')).Where(w => w is ["Sat" or "Sun", ..]).Select(w => w[1]).ToHashSet();
        var shipped = Clock.Cn.Definition.Years.SelectMany(y => y.Days).Select(d => Clock.Cn.On(d.Date)).Where(d => d.IsMadeUp).Select(d => d.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(told.Order(), shipped.Order());
        Assert.Equal(Enumerable.Range(2007, 20), Clock.Cn.Definition.Years.Select(y => y.Year).Order());
    }

    private static ClockLedger Ledger(Dictionary<string, string> row, WorkCalendar calendar) =>
        new(CaseTable.Time(row["Start"], calendar), Clock.Of(row["Budget"]), row["Rule"] == "next-day" ? DayRule.NextDay : DayRule.Minute)
        {
            Pauses = [.. CaseTable.Pairs(row["Pauses"], '→').Select(p => new ClockPause(CaseTable.Time(p.Left, calendar), CaseTable.Time(p.Right, calendar)))],
            Extensions = [.. CaseTable.Pairs(row["Extensions"], '@').Select(e => new ClockExtension(CaseTable.Time(e.Right, calendar), Clock.Of(e.Left)))],
        };

    private static Dictionary<string, string> Row(int number) => CaseTable.Rows.Single(r => r["#"] == number.ToString(CultureInfo.InvariantCulture));

    private static TheoryData<int, string> Of(string column)
    {
        TheoryData<int, string> data = [];
        foreach (var row in CaseTable.Rows.Where(r => r.ContainsKey(column)))
        {
            data.Add(int.Parse(row["#"], CultureInfo.InvariantCulture), row["What"]);
        }

        return data;
    }
}
