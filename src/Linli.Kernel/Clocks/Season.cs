using System.Collections.Frozen;
using System.Globalization;

namespace Linli.Kernel.Clocks;

/// <summary>A set of weekly hours with its bounds read, for asking many dates.</summary>
internal sealed class Season
{
    // A leap year, so that 02-29 is a day.
    private const int AnyYear = 2024;

    private readonly int _from;
    private readonly int _to;
    private readonly DateOnly _since;
    private readonly DateOnly _until;

    /// <summary>Bounds that cannot be read are <see cref="DefinitionCheck"/>'s to report; here they hold all the year.</summary>
    public Season(WeeklyHours hours)
    {
        Hours = hours with { Days = hours.Days.ToFrozenDictionary(d => d.Key, d => (IReadOnlyList<OpenHours>)[.. d.Value.OrderBy(h => h.From)]) };
        IsSeasonal = hours.From is not null;
        _from = Read(hours.From) ?? 0;
        _to = Read(hours.To) ?? 1231;
        (_since, _until) = (hours.Since ?? DateOnly.MinValue, hours.Until ?? DateOnly.MaxValue);
    }

    public static Season Never { get; } = new(new WeeklyHours(new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>>()));

    public WeeklyHours Hours { get; }

    /// <summary>Goes before hours that hold all the year.</summary>
    public bool IsSeasonal { get; }

    /// <summary>Bounded by dates; goes before what is not.</summary>
    public bool IsBounded => _since != DateOnly.MinValue || _until != DateOnly.MaxValue;

    /// <summary>Month × 100 + day, or null if it is no day.</summary>
    public static int? Read(string? monthDay) =>
        DateOnly.TryParseExact($"{AnyYear}-{monthDay}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (date.Month * 100) + date.Day
            : null;

    public bool HoldsOn(DateOnly date) => date >= _since && date <= _until && HoldsInYear(date);

    /// <summary>Both are of one rank and claim the same day.</summary>
    public bool Collides(Season other)
    {
        if (IsSeasonal != other.IsSeasonal || (!IsSeasonal && IsBounded != other.IsBounded))
        {
            return false;
        }

        var since = _since > other._since ? _since : other._since;
        var until = _until < other._until ? _until : other._until;
        return since <= until
            && Enumerable.Range(0, 366).Select(n => new DateOnly(AnyYear, 1, 1).AddDays(n)).Any(d => HoldsInYear(d) && other.HoldsInYear(d));
    }

    private bool HoldsInYear(DateOnly date)
    {
        var day = (date.Month * 100) + date.Day;
        return _from <= _to ? day >= _from && day <= _to : day >= _from || day <= _to;
    }
}
