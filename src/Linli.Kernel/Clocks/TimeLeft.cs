namespace Linli.Kernel.Clocks;

/// <summary>How a clock stands for somebody who looks at it now.</summary>
/// <param name="Span">Time left; negative when overdue.</param>
/// <param name="Amount">How much that is, either way: 1 个工作日 3 个工作小时.</param>
/// <param name="Words">The whole: 还剩 1 个工作日 3 个工作小时.</param>
public readonly record struct TimeLeft(TimeSpan Span, bool IsOverdue, Wording Amount, Wording Words)
{
    /// <summary>In whole minutes, rounded down either way.</summary>
    public int Minutes => (int)Span.TotalMinutes;

    /// <param name="span">Left or, negative, overdue.</param>
    /// <param name="day">How long a day of it is.</param>
    /// <param name="isWorking">Counted in working time.</param>
    /// <param name="isOverdue">Past the due time, also where no working time has passed since.</param>
    public static TimeLeft Of(TimeSpan span, TimeSpan day, bool isWorking, bool isOverdue)
    {
        var amount = Clocks.Words.DaysAndHours(span.Duration(), day, isWorking);
        return new(span, isOverdue, amount, isOverdue
            ? new Wording("已超时" + Spaced(amount.Zh), $"{amount.En} overdue")
            : new Wording("还剩" + Spaced(amount.Zh), $"{amount.En} left"));
    }

    private static string Spaced(string words) => char.IsAsciiDigit(words[0]) ? $" {words}" : words;
}

public static class TimeLeftWords
{
    extension(WorkCalendar calendar)
    {
        /// <summary>
        /// 还剩 1 个工作日 3 个工作小时, in open time for budgets in working time (a working day is the calendar's standard day), else by the
        /// clock on the wall. Rounded down, so nobody is promised a minute that is not there.
        /// </summary>
        public TimeLeft Remaining(DateTimeOffset now, DateTimeOffset due, BudgetUnit unit = BudgetUnit.WorkingDays)
        {
            var isWorking = unit is BudgetUnit.WorkingDays or BudgetUnit.WorkingHours;
            return TimeLeft.Of(isWorking ? calendar.OpenBetween(now, due) : due - now, isWorking ? calendar.StandardDay : TimeSpan.FromDays(1), isWorking, now > due);
        }
    }
}
