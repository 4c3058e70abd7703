namespace Linli.Kernel.Clocks;

/// <summary>How a clock stands for somebody who looks at it now. <paramref name="Span"/> is negative when overdue.</summary>
public readonly record struct TimeLeft(TimeSpan Span, bool IsOverdue, Wording Words);

public static class TimeLeftWords
{
    extension(WorkCalendar calendar)
    {
        /// <summary>
        /// 还剩 1 个工作日 3 小时, in open time for budgets in working time (a working day is the calendar's standard day), else by the
        /// clock on the wall. Rounded down, so nobody is promised a minute that is not there.
        /// </summary>
        public TimeLeft Remaining(DateTimeOffset now, DateTimeOffset due, BudgetUnit unit = BudgetUnit.WorkingDays)
        {
            var working = unit is BudgetUnit.WorkingDays or BudgetUnit.WorkingHours;
            var span = working ? calendar.OpenBetween(now, due) : due - now;
            var words = Words.DaysAndHours(span.Duration(), working ? calendar.StandardDay : TimeSpan.FromDays(1), working);
            return now <= due
                ? new TimeLeft(span, false, new Wording("还剩" + Spaced(words.Zh), $"{words.En} left"))
                : new TimeLeft(span, true, new Wording("已超时" + Spaced(words.Zh), $"{words.En} overdue"));
        }
    }

    private static string Spaced(string words) => char.IsAsciiDigit(words[0]) ? $" {words}" : words;
}
