using Linli.Kernel.Clocks;
using Linli.Shell.Ledgers.Keeping;

namespace Linli.Shell.Ledgers.Timetables;

/// <summary>When a ledger is made next: at its hour by the county's clock; on a day off it waits for the next working day.</summary>
internal static class NextTime
{
    private const int FarthestDays = 100;

    /// <summary>The first time after <paramref name="now"/>.</summary>
    public static void Set(Ledger ledger, DateTimeOffset now, WorkCalendar calendar)
    {
        (ledger.NextAt, ledger.NextDay) = (null, null);
        if (ledger.Timetable == TimetableKind.Never || ledger.IsStopped)
        {
            return;
        }

        // A day some weeks back may have been put off to after now.
        var today = DateOnly.FromDateTime(now.DateTime);
        for (var day = today.AddDays(-20); day < today.AddDays(FarthestDays); day = day.AddDays(1))
        {
            if (IsDay(ledger, day, calendar) && TimeOf(ledger, day, calendar) is var at && at > now)
            {
                (ledger.NextAt, ledger.NextDay) = (at.ToUniversalTime(), day);
                return;
            }
        }
    }

    public static bool IsDay(Ledger ledger, DateOnly day, WorkCalendar calendar) => ledger.Timetable switch
    {
        TimetableKind.Daily => LedgerDays.IsWorkingDay(day, calendar),
        TimetableKind.Weekly => (((int)day.DayOfWeek + 6) % 7) + 1 == ledger.TimetableDay,
        TimetableKind.Monthly => day.Day == Math.Min(ledger.TimetableDay, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => false,
    };

    private static DateTimeOffset TimeOf(Ledger ledger, DateOnly day, WorkCalendar calendar)
    {
        var working = day;
        for (var looked = 0; looked < 20 && !LedgerDays.IsWorkingDay(working, calendar); looked++)
        {
            working = working.AddDays(1);
        }

        return LedgerDays.At(working, TimeOnly.MinValue.AddMinutes(ledger.TimetableMinutes));
    }
}
