using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>What holds for every clock with pauses and extensions.</summary>
public sealed class PropertiesOfLedgers
{
    private static readonly Arbitrary<(WorkCalendar Calendar, ClockLedger Ledger)> Ledgers = (
        from s in RandomCalendars.Situations.Generator
        from unit in Gen.Elements(Enum.GetValues<BudgetUnit>())
        from rule in Gen.Elements(Enum.GetValues<DayRule>())
        from pauses in Pause(s.Start).ListOf()
        from more in Gen.Elements(Enum.GetValues<BudgetUnit>()).ListOf()
        select (s.Calendar, new ClockLedger(s.Start, new Budget(s.A.Amount, unit), rule)
        {
            Pauses = [.. pauses.Take(4)],
            Extensions = [.. more.Take(3).Select((u, n) => new ClockExtension(s.Start.AddHours(n), new Budget(s.B.Amount, u)))],
        })).ToArbitrary();

    [Fact]
    public void Without_entries_the_ledger_is_plain_adding() => Ledgers.Check(c =>
    {
        var plain = c.Ledger with { Pauses = [], Extensions = [] };
        Assert.Equal(c.Calendar.Add(plain.Start, plain.Budget, plain.Rule), plain.DueOn(c.Calendar));
    });

    [Fact]
    public void The_due_time_never_falls_into_a_pause() => Ledgers.Check(c =>
    {
        var due = c.Ledger.DueOn(c.Calendar)!.Value;
        Assert.DoesNotContain(c.Ledger.Pauses, p => p.Until > p.From && p.Until > c.Ledger.Start && p.From < due && due < p.Until);
    });

    [Fact]
    public void A_pause_gives_back_exactly_its_open_time() => Ledgers.Check(c =>
    {
        if (c.Ledger.Pauses.Count == 0)
        {
            return;
        }

        var (calendar, pause) = (c.Calendar, c.Ledger.Pauses[0] with { From = c.Ledger.Start.AddMinutes(7) });
        var ledger = new ClockLedger(c.Ledger.Start, new Budget(40, BudgetUnit.WorkingHours), DayRule.Minute) { Pauses = [pause with { Until = pause.From.AddDays(5) }] };
        var plain = ledger with { Pauses = [] };
        if (plain.DueOn(calendar) > pause.From)
        {
            Assert.Equal(ledger.Pauses.Sum(p => calendar.OpenBetween(p.From, p.Until!.Value).Ticks), calendar.OpenBetween(plain.DueOn(calendar)!.Value, ledger.DueOn(calendar)!.Value).Ticks);
        }
    });

    [Fact]
    public void A_pause_in_two_pieces_is_the_same_pause() => Ledgers.Check(c =>
    {
        ClockLedger split = c.Ledger with
        {
            Pauses = [.. c.Ledger.Pauses.SelectMany(p => new[] { new ClockPause(Middle(p), p.Until), new ClockPause(p.From, Middle(p)) })],
        };
        Assert.Equal(c.Ledger.DueOn(c.Calendar), split.DueOn(c.Calendar));
    });

    [Fact]
    public void The_order_in_which_pauses_are_told_does_not_matter() => Ledgers.Check(c =>
        Assert.Equal(c.Ledger.DueOn(c.Calendar), (c.Ledger with { Pauses = [.. c.Ledger.Pauses.Reverse()] }).DueOn(c.Calendar)));

    [Fact]
    public void More_pause_or_more_time_is_never_due_earlier() => Ledgers.Check(c =>
    {
        var due = c.Ledger.DueOn(c.Calendar);
        var lessPause = c.Ledger with { Pauses = [.. c.Ledger.Pauses.Skip(1)] };
        var lessTime = c.Ledger with { Extensions = [.. c.Ledger.Extensions.SkipLast(1)] };
        Assert.True(lessPause.DueOn(c.Calendar) <= due);
        Assert.True(c.Ledger.Extensions.Count == 0 || lessTime.DueOn(c.Calendar) < due);
    });

    [Fact]
    public void An_open_pause_before_the_due_time_leaves_no_due_time() => Ledgers.Check(c =>
    {
        var due = c.Ledger.DueOn(c.Calendar)!.Value;
        Assert.Null((c.Ledger with { Pauses = [.. c.Ledger.Pauses, new ClockPause(due.AddTicks(-1), null)] }).DueOn(c.Calendar));
        Assert.Equal(due, (c.Ledger with { Pauses = [.. c.Ledger.Pauses, new ClockPause(due, null)] }).DueOn(c.Calendar));
    });

    [Fact]
    public void Three_quarters_are_reached_between_start_and_due_and_later_than_half() => Ledgers.Check(c =>
    {
        var (half, most, due) = (c.Ledger.ReachedOn(c.Calendar, 50)!.Value, c.Ledger.ReachedOn(c.Calendar, 75)!.Value, c.Ledger.DueOn(c.Calendar)!.Value);
        Assert.True(c.Ledger.Start <= half && half <= most && most <= due);
    });

    [Fact]
    public void The_lines_of_an_explanation_add_up_in_both_languages() => Ledgers.Check(c =>
    {
        var explanation = c.Calendar.Explain(c.Ledger);
        Assert.Equal(c.Ledger.DueOn(c.Calendar), explanation.Due);
        Assert.All(explanation.Lines, l => Assert.True(l.Zh.Length > 0 && l.En.Length > 0));
        Assert.Equal(explanation.Due, explanation.Lines[^1].From);
        var timed = new[] { c.Ledger.Budget }.Concat(c.Ledger.Extensions.Select(e => e.Budget)).ToList();
        if (timed.TrueForAll(b => b.IsWorkingTime && (b.Unit == BudgetUnit.WorkingHours || c.Ledger.Rule == DayRule.Minute)))
        {
            Assert.Equal(timed.Sum(b => c.Calendar.Length(b).Ticks), explanation.Lines.Sum(l => l.Counted?.Ticks ?? 0));
        }
    });

    private static DateTimeOffset Middle(ClockPause pause) => pause.From + ((pause.Until!.Value - pause.From) / 2);

    private static Gen<ClockPause> Pause(DateTimeOffset start) =>
        from after in Gen.Choose(-2_000, 40_000)
        from minutes in Gen.Choose(0, 15_000)
        select new ClockPause(start.AddMinutes(after), start.AddMinutes(after + minutes));
}
