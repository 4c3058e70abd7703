namespace Linli.Kernel.Areas;

public enum AreaLevel
{
    Province,
    City,
    County,
    Town,
    Village,
    Grid,
}

/// <summary>
/// A piece of the jurisdiction. Codes nest by prefix: county 6 digits (GB/T 2260), town 9 (GB/T 10114),
/// village 12 (statistics bureau), grid 14 (the village's code and two digits of the jurisdiction's own).
/// So "inside" is "starts with".
/// </summary>
public sealed class Area
{
    public required string Code { get; init; }
    public string? ParentCode { get; set; }
    public required AreaLevel Level { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>Full Chinese name from the county down, for search and addresses: 壶关县龙泉镇城南社区.</summary>
    public required string FullName { get; set; }

    /// <summary>A representative point, WGS 84 degrees.</summary>
    public double? Longitude { get; set; }
    public double? Latitude { get; set; }

    /// <summary>Boundary as WKB (Polygon or MultiPolygon, WGS 84 longitude latitude), where known.</summary>
    public byte[]? Boundary { get; set; }

    /// <summary>Where point and boundary come from, and what is wrong with them (demo boundary, changed division …).</summary>
    public string? Source { get; set; }

    /// <summary>Boundary or point was made for the demo and is not official.</summary>
    public bool IsDemoShape { get; set; }

    /// <summary>Date from which the division no longer exists; old requests keep pointing at it.</summary>
    public DateOnly? EndedOn { get; set; }

    /// <summary>When any of this last changed; by it other instances notice that their map is old.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}
