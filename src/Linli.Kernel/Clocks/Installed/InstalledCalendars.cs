using System.Collections.Frozen;
using System.Text.Json;

namespace Linli.Kernel.Clocks;

/// <summary>
/// The calendars of this installation at one moment: the shipped ones with the installation's own layers, and who goes by which.
/// Immutable; arithmetic on it allocates nothing.
/// </summary>
public sealed class InstalledCalendars
{
    /// <summary>Used where the county has not chosen its own.</summary>
    public const string Usual = "cn";

    private readonly WorkCalendars _shipped;
    private readonly FrozenDictionary<string, CalendarLayer> _layers;
    private readonly FrozenDictionary<string, int> _versions;
    private readonly FrozenDictionary<Guid, string> _organisations;

    private InstalledCalendars(
        WorkCalendars shipped, WorkCalendars all, FrozenDictionary<string, CalendarLayer> layers, FrozenDictionary<string, int> versions, FrozenDictionary<Guid, string> organisations)
    {
        (_shipped, All, _layers, _versions, _organisations) = (shipped, all, layers, versions, organisations);
        Countys = layers.Where(l => l.Value.IsCountys).Select(l => l.Key).Order(StringComparer.Ordinal).FirstOrDefault() ?? Usual;
    }

    public WorkCalendars All { get; }

    /// <summary>Code of the calendar that holds where nothing else is said.</summary>
    public string Countys { get; }

    /// <summary>Newest version of each calendar that the installation has changed.</summary>
    public IReadOnlyDictionary<string, int> Versions => _versions;

    /// <param name="organisations">Which calendar an organisation goes by, its own or that of one above.</param>
    public static InstalledCalendars Of(WorkCalendars shipped, IEnumerable<CalendarVersion> newest, IReadOnlyDictionary<Guid, string> organisations)
    {
        var rows = newest.ToList();
        var layers = rows.ToFrozenDictionary(v => v.Code, v => JsonSerializer.Deserialize<CalendarLayer>(v.Layer, Json.Plain)!);
        return new InstalledCalendars(
            shipped, shipped.With(layers.Select(l => l.Value.Over(l.Key, shipped.Find(l.Key)))), layers, rows.ToFrozenDictionary(v => v.Code, v => v.Version), organisations.ToFrozenDictionary());
    }

    /// <summary>The same calendars, with other organisations going by them.</summary>
    public InstalledCalendars For(IReadOnlyDictionary<Guid, string> organisations) => new(_shipped, All, _layers, _versions, organisations.ToFrozenDictionary());

    /// <summary>The same with one layer changed: what would be, before it is taken over. Nothing is checked yet.</summary>
    public InstalledCalendars With(string code, CalendarLayer layer)
    {
        var layers = _layers.ToDictionary();
        foreach (var other in layers.Where(l => layer.IsCountys && l.Value.IsCountys && l.Key != code).Select(l => l.Key).ToList())
        {
            layers[other] = layers[other] with { IsCountys = false };
        }

        layers[code] = layer;
        return new InstalledCalendars(_shipped, All.With([layer.Over(code, _shipped.Find(code))]), layers.ToFrozenDictionary(), _versions, _organisations);
    }

    public CalendarLayer LayerOf(string code) => _layers.GetValueOrDefault(code) ?? new CalendarLayer();

    /// <summary>0 where nothing is changed.</summary>
    public int VersionOf(string code) => _versions.GetValueOrDefault(code);

    public bool IsShipped(string code) => _shipped.Find(code) is not null;

    /// <summary>The code that a clock goes by: what its service type says, else its organisation, else the county.</summary>
    public string CodeFor(string? ofType, Guid? organisation = null) =>
        ofType ?? (organisation is { } id ? _organisations.GetValueOrDefault(id) : null) ?? Countys;

    /// <summary>The calendar is known to exist and was checked when it was written down.</summary>
    public WorkCalendar Get(string code) => All.Get(code).Value;

    /// <summary>Codes that count otherwise than before.</summary>
    public IEnumerable<string> ChangedSince(InstalledCalendars before) =>
        All.Codes.Where(c => before.All.Find(c) is not null && All.Get(c) is { Succeeded: true } now && now.Value.Mark != before.Get(c).Mark);
}
