using Linli.Kernel.Areas;

namespace Linli.Kernel.Places;

public enum PlaceKind
{
    Area,
    Organisation,
    Road,
    Estate,
    Landmark,

    /// <summary>What an area was called before.</summary>
    OldName,
}

/// <summary>A name that people write and that is neither an area's nor an organisation's: a road, an estate, a landmark, an old name.</summary>
public sealed class NamedPlace
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }

    /// <summary>Never area or organisation: those are known anyway.</summary>
    public required PlaceKind Kind { get; set; }

    /// <summary>The smallest area that has all of it; for an old name, what is there now.</summary>
    public required string AreaCode { get; init; }

    /// <summary>WGS 84.</summary>
    public double? Longitude { get; set; }
    public double? Latitude { get; set; }
    public string? Source { get; set; }

    /// <summary>Made up for the demo.</summary>
    public bool IsDemo { get; set; }

    /// <summary>By it other instances notice that their gazetteer is old.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Why a place is proposed, in the reader's language by template and values.</summary>
public sealed record PlaceReason(string Message, params object[] Values);

/// <summary>A place that a text may mean.</summary>
/// <param name="Area">Where it is, or the area itself.</param>
/// <param name="Name">Of the most exact thing that was named: an estate, a road, a village.</param>
/// <param name="Confidence">From 0 to 1; see <see cref="Gazetteer.Confident"/>.</param>
/// <param name="Matched">What the text calls it.</param>
/// <param name="Detail">What the text says after it: 卫生站对面.</param>
public sealed record PlaceCandidate(
    AreaNode Area, string Name, PlaceKind Kind, GeoPoint? Point, double Confidence, string Matched, string? Detail, IReadOnlyList<PlaceReason> Reasons);
