namespace Linli.Kernel.Areas;

/// <summary>An area as the map knows it: everything but the boundary.</summary>
/// <param name="FullName">From the county down: 壶关县龙泉镇城南社区.</param>
/// <param name="Point">Representative point, WGS 84.</param>
/// <param name="IsDemoShape">Point or boundary was made for the demo.</param>
/// <param name="EndedOn">No longer exists since; found by code only.</param>
public sealed record AreaNode(
    string Code, string? ParentCode, AreaLevel Level, string Name, string? NameEn, string FullName,
    GeoPoint? Point, bool HasBoundary, bool IsDemoShape, string? Source, DateOnly? EndedOn);

/// <summary>The area that is nearest to a point.</summary>
/// <param name="Metres">0 inside.</param>
public sealed record NearestArea(AreaNode Area, double Metres);
