using Linli.Kernel.Clocks;
using Linli.Requests.Clocks;

namespace Linli.Requests.Ledgers;

/// <summary>How a clock stands, in numbers that can be added.</summary>
internal static class ClockSpent
{
    /// <summary>Hours from its start to its end or to now, without its pauses: of open time where its budget counts that.</summary>
    public static decimal Hours(RequestClock clock, WorkCalendar calendar, DateTimeOffset now)
    {
        var isWorking = Budget.Parse(clock.Budget).Value.IsWorkingTime;
        TimeSpan Between(DateTimeOffset from, DateTimeOffset until) => isWorking ? calendar.OpenBetween(from, until) : until - from;
        var end = clock.StoppedAt ?? now;
        var spent = Between(clock.StartedAt, end);
        foreach (var pause in clock.Entries.Where(e => e.Kind == ClockEntryKind.Pause && e.At < end))
        {
            spent -= Between(pause.At, pause.Until is { } until && until < end ? until : end);
        }

        return Math.Max(0, Math.Round((decimal)spent.TotalHours, 2));
    }

    public static bool IsLate(RequestClock clock, DateTimeOffset now) => clock.State == ClockState.Stopped ? clock.IsLate : clock.State == ClockState.Running && clock.DueAt < now;
}
