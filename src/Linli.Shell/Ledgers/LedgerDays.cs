using System.Globalization;
using Linli.Kernel.Clocks;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers;

/// <summary>The days of a period, both included; null where it has no end.</summary>
internal sealed record LedgerDays(DateOnly? From, DateOnly? Until)
{
    /// <param name="today">The day that the ledger is made for.</param>
    public static LedgerDays Of(LedgerPeriod period, DateOnly today, WorkCalendar calendar)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return period.Kind switch
        {
            PeriodKind.Today => new(today, today),
            PeriodKind.Yesterday => new(today.AddDays(-1), today.AddDays(-1)),
            PeriodKind.SinceLastWorkingDay => new(LastWorkingDayBefore(today, calendar), today.AddDays(-1)),
            PeriodKind.ThisWeek => new(monday, monday.AddDays(6)),
            PeriodKind.LastWeek => new(monday.AddDays(-7), monday.AddDays(-1)),
            PeriodKind.ThisMonth => new(month, month.AddMonths(1).AddDays(-1)),
            PeriodKind.LastMonth => new(month.AddMonths(-1), month.AddDays(-1)),
            PeriodKind.ThisQuarter => new(quarter, quarter.AddMonths(3).AddDays(-1)),
            PeriodKind.LastQuarter => new(quarter.AddMonths(-3), quarter.AddDays(-1)),
            PeriodKind.ThisYear => new(year, year.AddYears(1).AddDays(-1)),
            PeriodKind.LastYear => new(year.AddYears(-1), year.AddDays(-1)),
            PeriodKind.Days => new(period.From, period.Until),
            _ => new(null, null),
        };
    }

    public bool IsOpen => From is null || Until is null;

    /// <summary>From the first midnight to the one after the last day, by the county's clock.</summary>
    public LedgerSpan? Span(string? column) => column is null || IsOpen ? null : new LedgerSpan(column, Midnight(From!.Value), Midnight(Until!.Value.AddDays(1)));

    public int? WorkingDays(WorkCalendar calendar) => IsOpen ? null : calendar.WorkingDaysBetween(Noon(From!.Value.AddDays(-1)), Noon(Until!.Value));

    /// <summary>2026年3月2日至3月8日</summary>
    public string Words()
    {
        if (IsOpen)
        {
            return Texts.Pick("全部", "All");
        }

        var (from, until) = (From!.Value, Until!.Value);
        if (Texts.IsEnglish)
        {
            return from == until ? Iso(from) : $"{Iso(from)} to {Iso(until)}";
        }

        var first = $"{from.Year}年{from.Month}月{from.Day}日";
        return from == until ? first : until.Year == from.Year ? $"{first}至{until.Month}月{until.Day}日" : $"{first}至{until.Year}年{until.Month}月{until.Day}日";
    }

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static DateTimeOffset Midnight(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>An hour by the county's clock; what the clock skips in spring is an hour later.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        local = LocalTime.Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, LocalTime.Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTimeOffset Noon(DateOnly day) => At(day, new TimeOnly(12, 0));

    private static DateOnly LastWorkingDayBefore(DateOnly today, WorkCalendar calendar)
    {
        var day = today.AddDays(-1);
        for (var looked = 0; looked < 30 && !IsWorkingDay(day, calendar); looked++)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    public static bool IsWorkingDay(DateOnly day, WorkCalendar calendar) => calendar.WorkingDaysBetween(Noon(day.AddDays(-1)), Noon(day)) > 0;
}
