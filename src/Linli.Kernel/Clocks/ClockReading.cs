namespace Linli.Kernel.Clocks;

public enum ClockStanding
{
    Running,

    /// <summary>So much of the time is used that the holder is told.</summary>
    Approaching,
    Paused,
    Overdue,

    /// <summary>Stopped in time.</summary>
    Met,

    /// <summary>Stopped after it was due.</summary>
    Late,
}

/// <summary>How a clock stands at an instant. Exactly at the due time it is not overdue yet.</summary>
/// <param name="Due">Null while paused.</param>
/// <param name="Left">Time left or overdue; of a paused clock what will be left when it is resumed, of a stopped one what was left then.</param>
public sealed record ClockReading(ClockStanding Standing, DateTimeOffset? Due, TimeLeft Left);

public static class ClockReadings
{
    public const int ApproachingPercent = 75;

    extension(ClockLedger ledger)
    {
        /// <summary>How the clock stood when it was stopped for good.</summary>
        public ClockReading ReadStoppedOn(WorkCalendar calendar, DateTimeOffset stopped)
        {
            var reading = ledger.ReadOn(calendar, stopped);
            return reading with { Standing = reading.Standing == ClockStanding.Overdue ? ClockStanding.Late : ClockStanding.Met };
        }

        /// <summary>How the clock stands at this instant, which is not before the last entry of the ledger.</summary>
        public ClockReading ReadOn(WorkCalendar calendar, DateTimeOffset now, int approachingPercent = ApproachingPercent)
        {
            if (ledger.DueOn(calendar) is { } due)
            {
                var left = calendar.Remaining(now, due, ledger.Budget.Unit);
                var standing = left.IsOverdue ? ClockStanding.Overdue : now >= ledger.ReachedOn(calendar, approachingPercent) ? ClockStanding.Approaching : ClockStanding.Running;
                return new ClockReading(standing, due, left);
            }

            var resumed = ledger with { Pauses = [.. ledger.Pauses.Select(p => p.Until is null ? p with { Until = now > p.From ? now : p.From } : p)] };
            return new ClockReading(ClockStanding.Paused, null, calendar.Remaining(now, resumed.DueOn(calendar)!.Value, ledger.Budget.Unit));
        }
    }
}
