using Linli.Kernel.Clocks;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

public sealed class ExplanationTests
{
    [Fact]
    public void Spring_Festival_2025_reads_like_this_in_Chinese() => Assert.Equal(
        """
        起算：2025-01-24（周五）15:20
        时限：3 个工作日。规则 minute（按分钟）：每个工作日按 7 小时 30 分钟计，共 22 小时 30 分钟工作时间。日历：全国机关工作日历（cn）
        2025-01-24（周五）：15:20–18:00，计 2 小时 40 分钟，还差 19 小时 50 分钟
        2025-01-25（周六）：周末，不计
        2025-01-26（周日）春节调休上班：08:30–12:00、14:00–18:00，计 7 小时 30 分钟，还差 12 小时 20 分钟
        2025-01-27（周一）：08:30–12:00、14:00–18:00，计 7 小时 30 分钟，还差 4 小时 50 分钟
        2025-01-28（周二）至 2025-02-04（周二）：春节放假 8 天，不计
        2025-02-05（周三）：08:30–12:00、14:00–15:20，计 4 小时 50 分钟，用完
        到期：2025-02-05（周三）15:20
        """,
        Chinese(Cn.Explain(At("2025-01-24T15:20"), Of("3 working days"), DayRule.Minute)));

    [Fact]
    public void And_like_this_in_English_under_next_day() => Assert.Equal(
        """
        Starts: Fri 2025-01-24 15:20
        Time allowed: 3 working days. Rule next-day: counting begins on the first working day after the date of the start; due at closing time of working day 3. Calendar: Government offices of China (cn)
        Fri 2025-01-24: the date of the start does not count
        Sat 2025-01-25: weekend
        Sun 2025-01-26, make-up working day for Spring Festival: working day 1
        Mon 2025-01-27: working day 2
        Tue 2025-01-28 to Tue 2025-02-04: Spring Festival, holiday, 8 days
        Wed 2025-02-05: working day 3
        Due: Wed 2025-02-05 18:00
        """,
        English(Cn.Explain(At("2025-01-24T15:20"), Of("3 working days"), DayRule.NextDay)));

    [Fact]
    public void Pauses_and_extensions_stand_where_they_belong() => Assert.Equal(
        """
        起算：2020-01-17（周五）19:20
        时限：连同延期共 6 个工作日。规则 next-day（次日起算）：从起算日之后的第一个工作日数起，第 6 个工作日下班时到期。日历：全国机关工作日历（cn）
        延期：2020-02-07（周五）10:00 批准，增加 2 个工作日（施工队排期）
        2020-01-17（周五）：起算当日，不计
        2020-01-18（周六）：周末，不计
        2020-01-19（周日）春节调休上班：第 1 个工作日
        2020-01-20（周一）至 2020-01-21（周二）：第 2–3 个工作日
        挂起：2020-01-22（周三）10:00 至 2020-02-05（周三）09:00（等待诉求人补充），其间 4 个工作日到下班时仍在挂起，不计；其中有春节放假 10 天（2020-01-24（周五）至 2020-02-02（周日））、春节通知写明上班（2020-02-03（周一））
        2020-02-05（周三）至 2020-02-07（周五）：第 4–6 个工作日
        到期：2020-02-07（周五）18:00
        """,
        Chinese(Cn.Explain(new ClockLedger(At("2020-01-17T19:20"), Of("4 working days"), DayRule.NextDay)
        {
            Pauses = [new ClockPause(At("2020-01-22T10:00"), At("2020-02-05T09:00"), new("等待诉求人补充", "waiting for the reporter"))],
            Extensions = [new ClockExtension(At("2020-02-07T10:00"), Of("2 working days"), new("施工队排期", "waiting for the crew"))],
        })));

    [Fact]
    public void A_start_outside_working_hours_says_when_counting_begins()
    {
        var lines = Cn.Explain(At("2020-01-24T20:00"), Of("1 working hour"), DayRule.Minute).Lines;
        Assert.Equal("起算：2020-01-24（周五）20:00，不在工作时间，从 2020-02-03（周一）08:30 开门时计起", lines[0].Zh);
        Assert.Contains(lines, l => l.Zh == "2020-02-03（周一）春节通知写明上班：08:30–09:30，计 1 小时，用完");
    }

    [Fact]
    public void Holidays_and_make_up_days_carry_the_address_of_their_notice()
    {
        var lines = Cn.Explain(At("2020-01-17T10:00"), Of("9 working days"), DayRule.NextDay).Lines;
        Assert.Equal(
            ["content_5454164", "content_5454164", "content_5472352", "content_5472352"],
            lines.Where(l => l.Notice is not null).Select(l => l.Notice!.Split('/')[^1].Replace(".htm", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_year_without_data_is_named()
    {
        var explanation = Cn.Explain(At("2030-04-30T10:00"), Of("5 working days"), DayRule.NextDay);
        var caution = Assert.Single(explanation.Lines, l => l.Kind == LineKind.Caution);
        Assert.Contains("2030 年的放假调休安排", caution.Zh, StringComparison.Ordinal);
        Assert.Contains("no holiday notice for 2030", caution.En, StringComparison.Ordinal);
        Assert.Equal([2030], explanation.YearsWithoutData);
    }

    [Fact]
    public void A_clock_that_stands_still_says_so_and_has_no_due_time()
    {
        var explanation = Cn.Explain(new ClockLedger(At("2025-03-12T10:00"), Of("3 working days"), DayRule.Minute) { Pauses = [new ClockPause(At("2025-03-13T10:00"), null)] });
        Assert.Null(explanation.Due);
        Assert.Equal("挂起：自 2025-03-13（周四）10:00 起，尚未恢复，时钟停着", explanation.Lines[^2].Zh);
        Assert.Equal("Due: no due time while the clock stands still; it is reckoned when it is resumed", explanation.Lines[^1].En);
    }

    [Fact]
    public void A_local_closure_is_named_whether_for_the_day_or_in_part()
    {
        var lines = Calendar("flooded").Explain(At("2025-07-14T17:00"), Of("2 working days"), DayRule.Minute).Lines.Select(l => l.Zh).ToList();
        Assert.Contains("2025-07-15（周二）：防汛停办，不计", lines);
        Assert.Contains("2025-07-16（周三）防汛部分时间停办：08:30–12:00，计 3 小时 30 分钟，还差 10 小时 30 分钟", lines);
    }

    [Fact]
    public void Two_thousand_days_are_told_by_the_month_and_still_add_up()
    {
        var explanation = Cn.Explain(At("2015-01-05T08:30"), Of("2000 working days"), DayRule.Minute);
        Assert.InRange(explanation.Lines.Count, 100, 300);
        Assert.Equal(TimeSpan.FromMinutes(2000 * 450), new TimeSpan(explanation.Lines.Sum(l => l.Counted?.Ticks ?? 0)));
        Assert.Equal(Cn.Add(At("2015-01-05T08:30"), Of("2000 working days"), DayRule.Minute), explanation.Due);
    }

    [Fact]
    public void Closing_at_midnight_says_which_day_it_ends() =>
        Assert.Equal("到期：2025-01-30（周四）00:00（即 2025-01-29（周三）24:00）", Calendar("24x7").Explain(At("2025-01-28T23:10"), Of("1 working day"), DayRule.NextDay).Lines[^1].Zh);

    [Fact]
    public void The_night_the_clocks_change_is_marked() =>
        Assert.Contains("(the clocks change), 3 h", Calendar("berlin-night").Explain(At("2025-03-29T12:00+01:00"), Of("5 working hours"), DayRule.Minute).Lines.Single(l => l.En.StartsWith("Sun", StringComparison.Ordinal)).En, StringComparison.Ordinal);

    private static string Chinese(Explanation explanation) => string.Join('\n', explanation.Lines.Select(l => l.Zh));

    private static string English(Explanation explanation) => string.Join('\n', explanation.Lines.Select(l => l.En));
}
