using Linli.Kernel.Clocks;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

public sealed class TimeLeftTests
{
    [Theory]
    [InlineData("2025-03-12T15:00", "2025-03-13T18:00", "还剩 1 个工作日 3 个工作小时", "1 working day 3 working hours left")]
    [InlineData("2025-03-12T17:00", "2025-03-13T10:10", "还剩 2 个工作小时 40 分钟", "2 working hours 40 minutes left")]
    [InlineData("2025-03-14T18:30", "2025-03-17T08:31", "还剩 1 分钟工作时间", "1 working minute left")]
    [InlineData("2025-03-13T08:30", "2025-03-13T18:00", "还剩 1 个工作日", "1 working day left")]
    [InlineData("2025-03-13T18:00", "2025-03-13T18:00", "还剩不到 1 分钟", "less than a minute left")]
    [InlineData("2025-03-14T09:30", "2025-03-13T18:00", "已超时 1 个工作小时", "1 working hour overdue")]
    [InlineData("2025-01-26T09:30", "2025-01-24T17:00", "已超时 2 个工作小时", "2 working hours overdue")]
    [InlineData("2025-03-15T12:00", "2025-03-14T18:00", "已超时不到 1 分钟", "less than a minute overdue")]
    public void Working_time_left_is_said_in_both_languages(string now, string due, string zh, string en) =>
        Assert.Equal(new Wording(zh, en), Cn.Remaining(At(now), At(due)).Words);

    [Fact]
    public void A_clock_that_runs_day_and_night_is_read_by_the_clock_on_the_wall() =>
        Assert.Equal(new Wording("还剩 2 天 3 小时", "2 days 3 hours left"), Cn.Remaining(At("2025-03-14T18:00"), At("2025-03-16T21:30"), BudgetUnit.Hours).Words);

    [Fact]
    public void A_clock_is_running_then_approaching_then_overdue()
    {
        var ledger = new ClockLedger(At("2025-03-12T08:30"), Of("4 working days"), DayRule.Minute);
        Assert.Equal(ClockStanding.Running, ledger.ReadOn(Cn, At("2025-03-14T17:59")).Standing);
        Assert.Equal(At("2025-03-14T18:00"), ledger.ReachedOn(Cn, 75));
        Assert.Equal(ClockStanding.Approaching, ledger.ReadOn(Cn, At("2025-03-15T10:00")).Standing);
        Assert.Equal(ClockStanding.Approaching, ledger.ReadOn(Cn, At("2025-03-17T18:00")).Standing);
        Assert.Equal(ClockStanding.Overdue, ledger.ReadOn(Cn, At("2025-03-17T18:00").AddTicks(1)).Standing);
    }

    [Fact]
    public void A_paused_clock_keeps_what_was_left_for_as_long_as_it_is_paused()
    {
        var ledger = new ClockLedger(At("2025-03-12T08:30"), Of("2 working days"), DayRule.Minute) { Pauses = [new ClockPause(At("2025-03-13T11:00"), null)] };
        foreach (var now in new[] { "2025-03-13T11:00", "2025-03-14T09:17", "2025-06-01T12:00" })
        {
            var reading = ledger.ReadOn(Cn, At(now));
            Assert.Equal((ClockStanding.Paused, null, "还剩 5 个工作小时"), (reading.Standing, reading.Due, reading.Left.Words.Zh));
        }
    }

    [Fact]
    public void Pauses_are_left_out_of_three_quarters()
    {
        var ledger = new ClockLedger(At("2025-03-12T08:30"), Of("4 working days"), DayRule.Minute) { Pauses = [new ClockPause(At("2025-03-13T08:30"), At("2025-03-17T08:30"))] };
        Assert.Equal(At("2025-03-18T18:00"), ledger.ReachedOn(Cn, 75));
    }

    [Fact]
    public void A_pause_that_ends_before_it_begins_and_a_start_out_of_range_are_refused()
    {
        var ledger = new ClockLedger(At("2025-03-12T08:30"), Of("4 working days"), DayRule.Minute);
        Assert.Null(ledger.Check());
        Assert.NotNull((ledger with { Pauses = [new ClockPause(At("2025-03-13T08:30"), At("2025-03-13T08:29"))] }).Check());
        Assert.NotNull((ledger with { Start = At("1899-12-31T12:00") }).Check());
        Assert.NotNull((ledger with { Start = At("2201-01-02T12:00") }).Check());
    }
}
