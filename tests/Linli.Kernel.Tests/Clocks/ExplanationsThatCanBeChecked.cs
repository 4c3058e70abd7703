using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Clocks;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>A clerk with a paper calendar finds on every line what its sum needs.</summary>
public sealed partial class ExplanationsThatCanBeChecked
{
    private static readonly WorkCalendars Places = All.With(
        All.Find("24x7")! with { Code = "apia", TimeZone = "Pacific/Apia" },
        All.Find("24x7")! with { Code = "new-york", TimeZone = "America/New_York" });

    [Fact]
    public void On_every_line_the_days_times_their_hours_are_the_total() => (
        from s in RandomCalendars.Situations.Generator
        from amount in Gen.Elements(3, 20, 60)
        select (s.Calendar, Start: s.Start.AddTicks(-(s.Start.Ticks % TimeSpan.TicksPerSecond)), Budget: new Budget(amount, BudgetUnit.WorkingDays))).ToArbitrary().Check(c =>
    {
        foreach (var line in c.Calendar.Explain(c.Start, c.Budget, DayRule.Minute).Lines.Where(l => l.Counted > TimeSpan.Zero && !l.En.Contains("clocks change", StringComparison.Ordinal)))
        {
            var (days, stated) = Add(line.En);
            Assert.True(line.Counted == stated, $"{line.Counted} for {line.En}");
            Assert.True(c.Calendar.OpenBetween(line.From!.Value, c.Calendar.Midnight(c.Calendar.DateOf(line.From.Value).AddDays(1))) > TimeSpan.Zero, $"begins on a closed day: {line.En}");
            Assert.True(days == 1 || line.Zh.Contains("个工作日", StringComparison.Ordinal), line.Zh);
        }
    });

    [Fact]
    public void A_month_begins_on_an_open_day_and_names_its_hours() => Assert.Contains(
        "Mon 2025-02-10 to Fri 2025-02-28: 15 working days, each 08:30–12:00, 14:00–18:00 (7 h 30 min), 112 h 30 min (4 days of rest left out), 177 h 20 min to go",
        English(Calendar("huguan").Explain(At("2025-01-24T15:20"), Of("45 working days"), DayRule.Minute)));

    [Fact]
    public void Days_of_several_kinds_are_told_apart() => Assert.Contains(
        "2025-03-01（周六）至 2025-03-31（周一）：5 个工作日，每日 08:00–12:00（4 小时）；21 个工作日，每日 08:00–12:00、14:30–18:00（7 小时 30 分钟），计 177 小时 30 分钟（休息日 5 天不计），还差 325 小时 20 分钟",
        Calendar("hospital").Explain(At("2025-01-24T15:20"), Of("90 working days"), DayRule.Minute).Lines.Select(l => l.Zh));

    [Fact]
    public void A_pause_names_the_holidays_and_days_of_rest_in_it()
    {
        Assert.Contains(
            "Paused: Fri 2020-01-24 00:00 to Mon 2020-02-03 12:00; 3 h 30 min of working time in it does not count; in it: Spring Festival, holiday, 10 days (Fri 2020-01-24 to Sun 2020-02-02); a working day by the notice for Spring Festival (Mon 2020-02-03)",
            English(Paused("3 working days", "2020-01-23T16:00", "2020-01-24T00:00", "2020-02-03T12:00")));
        Assert.Contains(Paused("3 working days", "2025-03-12T10:00", "2025-03-14T10:00", "2025-03-17T10:00").Lines, l => l.Zh.EndsWith("；其中有休息日 2 天", StringComparison.Ordinal));
        Assert.DoesNotContain(Paused("72 hours", "2025-03-12T10:00", "2025-03-14T10:00", "2025-03-17T10:00").Lines, l => l.Zh.Contains("其中有", StringComparison.Ordinal));
    }

    [Fact]
    public void First_the_time_allowed_then_extensions_then_everything_in_the_order_of_time()
    {
        var lines = Cn.Explain(new ClockLedger(At("2025-03-12T10:00"), Of("6 working hours"), DayRule.Minute)
        {
            Pauses = [new ClockPause(At("2025-03-11T10:00"), At("2025-03-12T11:00")), new ClockPause(At("2025-03-12T17:00"), At("2025-03-12T17:00"))],
            Extensions = [new ClockExtension(null, Of("1 working hour"))],
        }).Lines;
        Assert.Equal(
            [LineKind.Start, LineKind.Rule, LineKind.Extension, LineKind.Paused, LineKind.Counted, LineKind.Paused, LineKind.Counted, LineKind.Counted, LineKind.Due],
            lines.Select(l => l.Kind));
        Assert.Equal(At("2025-03-12T17:00"), lines[5].From);
    }

    [Fact]
    public void A_pause_at_the_joint_of_two_units_follows_the_line_of_the_unit_that_it_holds_up()
    {
        var lines = Cn.Explain(new ClockLedger(At("2025-03-12T10:00"), Of("1 hour"), DayRule.Minute)
        {
            Pauses = [new ClockPause(At("2025-03-12T11:00"), At("2025-03-12T15:00"))],
            Extensions = [new ClockExtension(null, Of("1 working hour"))],
        }).Lines;
        Assert.Equal([LineKind.Rule, LineKind.Paused, LineKind.Counted, LineKind.Due], lines.Select(l => l.Kind).TakeLast(4));
        Assert.Contains("2 h of working time", lines[^3].En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_the_clock_shows_twice_has_its_offset()
    {
        var lines = English(Places.Get("new-york").Value.Explain(At("2025-11-02T01:30-04:00"), Of("30 minutes"), DayRule.Minute));
        Assert.Equal("Starts: Sun 2025-11-02 01:30 -04:00", lines[0]);
        Assert.Contains("Sun 2025-11-02 01:30 -04:00 to Sun 2025-11-02 01:00 -05:00: 30 min (the clocks go back 1 h in between), all used", lines);
        Assert.Equal("Due: Sun 2025-11-02 01:00 -05:00", lines[^1]);
    }

    [Fact]
    public void A_date_that_a_place_skipped_is_said_not_to_exist() => Assert.Contains(
        "Fri 2011-12-30: this date does not exist here; the clocks skipped it",
        English(Places.Get("apia").Value.Explain(At("2011-12-29T12:00-10:00"), Of("30 working hours"), DayRule.Minute)));

    [Theory]
    [InlineData("3 working hours", true)]
    [InlineData("3 natural days", true)]
    [InlineData("3 working days", false)]
    public void The_rule_next_day_says_where_it_changes_nothing(string budget, bool said) =>
        Assert.Equal(said, Cn.Explain(At("2025-03-12T10:00"), Of(budget), DayRule.NextDay).Lines[1].Zh.EndsWith("。规则 next-day（次日起算）只用于工作日，这里不起作用", StringComparison.Ordinal));

    private static Explanation Paused(string budget, string start, string from, string until) =>
        Cn.Explain(new ClockLedger(At(start), Of(budget), DayRule.Minute) { Pauses = [new ClockPause(At(from), At(until))] });

    private static List<string> English(Explanation explanation) => [.. explanation.Lines.Select(l => l.En)];

    /// <summary>"2 working days, each 08:00–12:00, 14:00–18:00 (8 h); 1 working day 08:00–12:00 (4 h), …", added up by somebody who cannot look into the program.</summary>
    private static (int Days, TimeSpan Sum) Add(string line)
    {
        var (sum, all) = (TimeSpan.Zero, 0);
        foreach (var kind in line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split("; "))
        {
            var days = Days().Match(kind) is { Success: true } many ? int.Parse(many.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
            sum += days * new TimeSpan(Stretch().Matches(kind).Sum(s => (Clock(s.Groups[2].Value) - Clock(s.Groups[1].Value)).Ticks));
            all += days;
        }

        return (all, sum);
    }

    private static TimeSpan Clock(string text) => new(text.Split(':').Select((n, i) => int.Parse(n, CultureInfo.InvariantCulture) * (i == 0 ? TimeSpan.TicksPerHour : i == 1 ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond)).Sum());

    [GeneratedRegex(@"(\d+) working days?")]
    private static partial Regex Days();

    [GeneratedRegex(@"(\d\d:\d\d(?::\d\d)?)–(\d\d:\d\d(?::\d\d)?)")]
    private static partial Regex Stretch();
}
