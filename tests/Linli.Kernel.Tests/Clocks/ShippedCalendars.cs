using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

public sealed class ShippedCalendars
{
    [Fact]
    public void All_shipped_calendars_can_be_built() => Assert.All(WorkCalendars.Shipped().Codes, code => Assert.True(WorkCalendars.Shipped().Get(code).Succeeded, code));

    [Fact]
    public void Every_holiday_and_make_up_day_names_the_notice_of_its_year()
    {
        Assert.Equal(678, Clock.Cn.Definition.Years.Sum(y => y.Days.Count));
        Assert.All(Clock.Cn.Definition.Years, year => Assert.All(year.Days, day =>
        {
            Assert.Contains(day.Notice, year.Notices);
            Assert.False(string.IsNullOrEmpty(day.NameEn));
            Assert.InRange(day.Date.DayNumber, new DateOnly(year.Year - 1, 12, 29).DayNumber, new DateOnly(year.Year, 12, 31).DayNumber);
        }));
    }

    [Fact]
    public void The_two_notices_for_2020_each_order_their_own_days()
    {
        var year = Clock.Cn.Definition.Years.Single(y => y.Year == 2020);
        Assert.Equal(["01-31", "02-01", "02-02", "02-03"], year.Days.Where(d => d.Notice == year.Notices[1]).Select(d => d.Date.ToString("MM-dd", null)));
    }

    [Fact]
    public void The_county_keeps_the_holidays_of_the_country_with_hours_of_its_own()
    {
        var (county, cn) = (Clock.Calendar("huguan"), Clock.Cn);
        for (var date = new DateOnly(2007, 1, 1); date.Year < 2027; date = date.AddDays(1))
        {
            Assert.Equal(cn.On(date).IsWorkingDay, county.On(date).IsWorkingDay);
            Assert.Equal(cn.On(date).OpenMinutes, county.On(date).OpenMinutes);
        }

        Assert.Equal("15:00-18:30", county.On(new DateOnly(2025, 7, 8)).Hours[1].ToString());
    }

    [Fact]
    public void An_unknown_code_is_refused_with_those_there_are()
    {
        var failure = Assert.IsType<Failure.NotFound>(Clock.All.Get("mars").Failure);
        Assert.Equal("mars", failure.Values[0]);
        Assert.Contains("cn, ", (string)failure.Values[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_that_extends_nothing_or_itself_is_refused()
    {
        var cn = WorkCalendars.Shipped().Definitions.Single(d => d.Code == "cn");
        var calendars = WorkCalendars.Shipped().With(cn with { Code = "a", Extends = "b" }, cn with { Code = "b", Extends = "a" }, cn with { Code = "c", Extends = "nowhere" });
        Assert.All<string>(["a", "b", "c"], code => Assert.IsType<Failure.Invalid>(calendars.Get(code).Failure));
        Assert.True(calendars.Get("huguan").Succeeded);
    }

    [Fact]
    public void Beyond_the_years_of_the_calendar_is_an_error_and_not_a_wrong_answer()
    {
        var last = new DateTimeOffset(2260, 12, 30, 0, 0, 0, TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.Add(last, new Budget(10, BudgetUnit.WorkingDays), DayRule.Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.Add(last, new Budget(10, BudgetUnit.WorkingDays), DayRule.NextDay));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.Add(last.AddYears(1000), new Budget(10, BudgetUnit.Minutes), DayRule.Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.IsOpen(DateTimeOffset.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.OpenBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Cn.Subtract(new DateTimeOffset(1880, 1, 3, 0, 0, 0, TimeSpan.Zero), new Budget(10, BudgetUnit.WorkingDays), DayRule.NextDay));
    }

    [Fact]
    public void The_largest_budgets_from_the_last_permitted_start_still_compute()
    {
        var last = new DateTimeOffset(2200, 12, 31, 23, 59, 0, TimeSpan.Zero);
        Assert.Null(WorkCalendar.CheckStart(last));
        foreach (var unit in Enum.GetValues<BudgetUnit>())
        {
            var largest = new Budget(Budget.MaximumOf(unit), unit);
            Assert.True(Clock.Cn.Add(last, largest, DayRule.NextDay) > last);
            Assert.True(Clock.Cn.Add(last, largest, DayRule.Minute) > last);
        }
    }
}
