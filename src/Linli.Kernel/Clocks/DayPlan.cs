using System.Collections.Frozen;

namespace Linli.Kernel.Clocks;

/// <summary>Which hours hold on which date: the season, unless an exception says otherwise.</summary>
internal sealed class DayPlan
{
    private static readonly DayOfWeek[] MondayFirst =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private readonly Season[] _seasons;
    private readonly FrozenDictionary<DateOnly, DayException> _exceptions;
    private readonly FrozenSet<int> _years;
    private readonly bool _keepsHolidays;

    public DayPlan(WorkCalendarDefinition definition)
    {
        // A season goes before hours that hold all the year, and bounded hours before unbounded ones.
        _seasons = [.. definition.Hours.Select(h => new Season(h)).OrderByDescending(s => s.IsSeasonal).ThenByDescending(s => s.IsBounded)];
        _exceptions = definition.Years.SelectMany(y => y.Days).Concat(definition.Exceptions)
            .GroupBy(e => e.Date).ToFrozenDictionary(g => g.Key, g => g.Last());
        _years = definition.Years.Select(y => y.Year).ToFrozenSet();
        _keepsHolidays = definition.KeepsHolidays;
    }

    public WorkDay On(DateOnly date)
    {
        var season = SeasonOn(date);
        var exception = _exceptions.GetValueOrDefault(date);
        return new WorkDay(date, HoursOn(date, season, exception), exception, season, IsKnown(date.Year));
    }

    public bool IsKnown(int year) => !_keepsHolidays || _years.Contains(year);

    public IReadOnlyList<OpenHours> HoursOn(DateOnly date) => HoursOn(date, SeasonOn(date), _exceptions.GetValueOrDefault(date));

    private static IReadOnlyList<OpenHours> HoursOn(DateOnly date, WeeklyHours season, DayException? exception) => exception switch
    {
        null => season.Days.GetValueOrDefault(date.DayOfWeek) ?? [],
        { Hours: { } hours } => hours,
        { Kind: DayKind.MakeUp } => UsualWorkingHours(season),
        _ => [],
    };

    /// <summary>What a make-up day keeps: the hours of the first open weekday, Monday first.</summary>
    public static IReadOnlyList<OpenHours> UsualWorkingHours(WeeklyHours season) =>
        MondayFirst.Select(d => season.Days.GetValueOrDefault(d)).FirstOrDefault(h => h is { Count: > 0 }) ?? [];

    private WeeklyHours SeasonOn(DateOnly date)
    {
        foreach (var season in _seasons)
        {
            if (season.HoldsOn(date))
            {
                return season.Hours;
            }
        }

        return Season.Never.Hours;
    }
}
