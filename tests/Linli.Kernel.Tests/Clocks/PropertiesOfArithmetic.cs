using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>What holds for every calendar, start and budget.</summary>
public sealed class PropertiesOfArithmetic
{
    [Fact]
    public void Elapsed_time_from_start_to_due_is_the_budget() => RandomCalendars.Situations.Check(s =>
        Assert.Equal(s.Calendar.Length(s.A), s.Calendar.OpenBetween(s.Start, s.Calendar.Add(s.Start, s.A, DayRule.Minute))));

    [Fact]
    public void No_due_time_lies_in_closed_time() => RandomCalendars.Situations.Check(s =>
    {
        Assert.True(s.Calendar.IsOpen(s.Calendar.Add(s.Start, s.A, DayRule.Minute).AddTicks(-1)));
        Assert.True(s.Calendar.IsOpen(s.Calendar.Add(s.Start, s.A, DayRule.NextDay).AddTicks(-1)));
    });

    [Fact]
    public void Adding_in_parts_is_adding_the_whole() => RandomCalendars.Situations.Check(s =>
    {
        var (a, b) = (s.Calendar.Length(s.A), s.Calendar.Length(s.B));
        Assert.Equal(s.Calendar.AddOpen(s.Start, a + b), s.Calendar.AddOpen(s.Calendar.AddOpen(s.Start, a), b));
    });

    [Fact]
    public void Adding_days_in_parts_is_adding_the_whole_under_next_day_unless_a_day_closes_at_midnight() => RandomCalendars.Situations.Check(s =>
    {
        var (a, b) = (new Budget(s.A.Amount, BudgetUnit.WorkingDays), new Budget(s.B.Amount, BudgetUnit.WorkingDays));
        var first = s.Calendar.Add(s.Start, a, DayRule.NextDay);
        if (first == s.Calendar.Midnight(s.Calendar.DateOf(first)))
        {
            return;
        }

        Assert.Equal(s.Calendar.Add(s.Start, new Budget(a.Amount + b.Amount, BudgetUnit.WorkingDays), DayRule.NextDay), s.Calendar.Add(first, b, DayRule.NextDay));
    });

    [Fact]
    public void A_later_start_is_never_due_earlier() => Pairs(RandomCalendars.Starts).Check(p =>
    {
        foreach (var unit in Enum.GetValues<BudgetUnit>())
        {
            foreach (var rule in Enum.GetValues<DayRule>())
            {
                var budget = new Budget(p.Situation.A.Amount, unit);
                var (first, second) = p.Situation.Start < p.Other ? (p.Situation.Start, p.Other) : (p.Other, p.Situation.Start);
                Assert.True(p.Situation.Calendar.Add(first, budget, rule) <= p.Situation.Calendar.Add(second, budget, rule), $"{budget} {rule}");
            }
        }
    });

    [Fact]
    public void A_start_a_little_later_is_never_due_earlier() => Pairs(Gen.Choose(1, 200_000)).Check(p =>
    {
        foreach (var unit in Enum.GetValues<BudgetUnit>())
        {
            var budget = new Budget(p.Situation.A.Amount, unit);
            var later = p.Situation.Start.AddSeconds(p.Other);
            Assert.True(p.Situation.Calendar.Add(p.Situation.Start, budget, DayRule.Minute) <= p.Situation.Calendar.Add(later, budget, DayRule.Minute), $"{budget}");
            Assert.True(p.Situation.Calendar.Subtract(p.Situation.Start, budget, DayRule.Minute) <= p.Situation.Calendar.Subtract(later, budget, DayRule.Minute), $"{budget}");
        }
    });

    [Fact]
    public void A_larger_budget_is_due_later() => RandomCalendars.Situations.Check(s =>
    {
        foreach (var rule in Enum.GetValues<DayRule>())
        {
            var more = new Budget(s.A.Amount + 1, s.A.Unit);
            Assert.True(s.Calendar.Add(s.Start, s.A, rule) < s.Calendar.Add(s.Start, more, rule));
        }
    });

    [Fact]
    public void Subtracting_undoes_adding_up_to_closed_time() => RandomCalendars.Situations.Check(s =>
    {
        var due = s.Calendar.Add(s.Start, s.A, DayRule.Minute);
        var back = s.Calendar.Subtract(due, s.A, DayRule.Minute);
        Assert.Equal(TimeSpan.Zero, s.Calendar.OpenBetween(s.Start, back));
        Assert.True(s.Calendar.IsOpen(back) && back >= s.Start);
        Assert.Equal(due, s.Calendar.Add(back, s.A, DayRule.Minute));
    });

    [Fact]
    public void Subtracting_under_next_day_finds_a_start_with_the_same_due_time() => RandomCalendars.Situations.Check(s =>
    {
        var days = new Budget(s.A.Amount, BudgetUnit.WorkingDays);
        var due = s.Calendar.Add(s.Start, days, DayRule.NextDay);
        var back = s.Calendar.Subtract(due, days, DayRule.NextDay);
        if (back != s.Calendar.Midnight(s.Calendar.DateOf(back)))
        {
            Assert.Equal(due, s.Calendar.Add(back, days, DayRule.NextDay));
        }
    });

    [Fact]
    public void Under_next_day_as_many_days_close_after_the_date_of_the_start_as_the_budget_has() => RandomCalendars.Situations.Check(s =>
    {
        var days = new Budget(s.A.Amount, BudgetUnit.WorkingDays);
        var due = s.Calendar.Add(s.Start, days, DayRule.NextDay);
        Assert.Equal(days.Amount, s.Calendar.WorkingDaysBetween(s.Start, due.AddTicks(-1)));
        Assert.False(s.Calendar.IsOpen(due) && s.Calendar.DateOf(due) == s.Calendar.DateOf(due.AddTicks(-1)));
    });

    [Fact]
    public void The_next_opening_is_open_and_nothing_is_open_before_it() => RandomCalendars.Situations.Check(s =>
    {
        var opening = s.Calendar.NextOpening(s.Start);
        Assert.True(opening >= s.Start && s.Calendar.IsOpen(opening));
        Assert.Equal(TimeSpan.Zero, s.Calendar.OpenBetween(s.Start, opening));
        Assert.Equal(s.Calendar.IsOpen(s.Start), opening == s.Start);
        Assert.Equal(opening, s.Calendar.AddOpen(s.Start, TimeSpan.Zero));
    });

    [Fact]
    public void Wall_clock_budgets_take_that_long_and_natural_days_keep_the_time_of_day() => RandomCalendars.Situations.Check(s =>
    {
        Assert.Equal(TimeSpan.FromHours(s.A.Amount), s.Calendar.Add(s.Start, new Budget(s.A.Amount, BudgetUnit.Hours), DayRule.Minute) - s.Start);
        Assert.Equal(s.Start, s.Calendar.Subtract(s.Calendar.Add(s.Start, new Budget(s.A.Amount, BudgetUnit.Minutes), DayRule.Minute), new Budget(s.A.Amount, BudgetUnit.Minutes), DayRule.Minute));
        var (from, to) = (s.Calendar.Local(s.Start), s.Calendar.Add(s.Start, new Budget(s.A.Amount, BudgetUnit.NaturalDays), DayRule.NextDay));
        Assert.InRange((to.DateTime - from.DateTime.AddDays(s.A.Amount)).Duration(), TimeSpan.Zero, s.Calendar.TimeZone.Id == "Pacific/Apia" ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1));
    });

    [Fact]
    public void Open_time_is_what_the_clock_on_the_wall_says_minute_by_minute() => Pairs(Gen.Choose(1, 4 * 1440)).Check(p =>
    {
        var (calendar, from) = (p.Situation.Calendar, p.Situation.Start.AddTicks(-(p.Situation.Start.UtcTicks % TimeSpan.TicksPerMinute)));
        var open = 0;
        for (var minute = 0; minute < p.Other; minute++)
        {
            var wall = TimeZoneInfo.ConvertTime(from.AddMinutes(minute), calendar.TimeZone);
            var ofDay = (wall.Hour * 60) + wall.Minute;
            var isOpen = calendar.On(DateOnly.FromDateTime(wall.DateTime)).Hours.Any(h => h.From <= ofDay && ofDay < h.To);
            Assert.True(isOpen == calendar.IsOpen(from.AddMinutes(minute)), $"{wall}");
            open += isOpen ? 1 : 0;
        }

        Assert.Equal(open, calendar.OpenBetween(from, from.AddMinutes(p.Other)).TotalMinutes);
    });

    [Fact]
    public void Answers_are_in_the_zone_of_the_calendar() => RandomCalendars.Situations.Check(s =>
    {
        var due = s.Calendar.Add(s.Start, s.A, DayRule.Minute);
        Assert.Equal(TimeZoneInfo.ConvertTime(due, s.Calendar.TimeZone).Offset, due.Offset);
    });

    private static Arbitrary<(Situation Situation, T Other)> Pairs<T>(Gen<T> other) =>
        (from situation in RandomCalendars.Situations.Generator from more in other select (situation, more)).ToArbitrary();
}
