namespace Linli.Kernel.Clocks;

/// <summary>One date in a work calendar: for explanations and for the calendar page.</summary>
/// <param name="Hours">Open hours in order; empty is closed.</param>
/// <param name="Exception">What a notice or the office ordered for this date, if anything.</param>
/// <param name="Season">The weekly hours in force.</param>
/// <param name="IsKnown">False where no notice about the year's holidays is in the calendar yet.</param>
public sealed record WorkDay(DateOnly Date, IReadOnlyList<OpenHours> Hours, DayException? Exception, WeeklyHours Season, bool IsKnown)
{
    public bool IsWorkingDay => Hours.Count > 0;

    public int OpenMinutes => Hours.Sum(h => h.Minutes);

    /// <summary>Open by the notice although the weekday is closed: a real make-up day (2020-02-03, a Monday, was merely confirmed).</summary>
    public bool IsMadeUp => Exception?.Kind == DayKind.MakeUp && !(Season.Days.TryGetValue(Date.DayOfWeek, out var usual) && usual.Count > 0);
}
