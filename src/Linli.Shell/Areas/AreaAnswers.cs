using Linli.Kernel.Areas;

namespace Linli.Shell.Areas;

/// <summary>An area as the API shows it. Coordinates are WGS 84.</summary>
/// <param name="Children">How many areas lie directly below.</param>
/// <param name="IsDemoShape">Point or boundary was made for the demo and is not official.</param>
/// <param name="EndedOn">Since then it no longer exists.</param>
public sealed record AreaAnswer(
    string Code, string? ParentCode, AreaLevel Level, string Name, string? NameEn, string FullName,
    double? Longitude, double? Latitude, int Children, bool HasBoundary, bool IsDemoShape, string? Source, DateOnly? EndedOn)
{
    internal static AreaAnswer Of(AreaMap map, AreaNode a) => new(
        a.Code, a.ParentCode, a.Level, a.Name, a.NameEn, a.FullName,
        a.Point?.Longitude, a.Point?.Latitude, map.ChildrenOf(a.Code).Count, a.HasBoundary, a.IsDemoShape, a.Source, a.EndedOn);
}

/// <summary>One area with the way down to it.</summary>
/// <param name="Path">From the top to the area itself.</param>
public sealed record AreaDetailAnswer(AreaAnswer Area, IReadOnlyList<AreaAnswer> Path, IReadOnlyList<AreaAnswer> Children);

/// <summary>Where a point lies.</summary>
/// <param name="Longitude">Of the point, WGS 84.</param>
/// <param name="Area">The deepest area that has the point; outside of all, the nearest one.</param>
/// <param name="Path">From the top to that area.</param>
/// <param name="Metres">How far away the area is; 0 inside.</param>
public sealed record LocateAnswer(double Longitude, double Latitude, bool IsInside, AreaAnswer? Area, IReadOnlyList<AreaAnswer> Path, double? Metres);

/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Matched">The part of the text that named it.</param>
public sealed record AreaFoundAnswer(AreaAnswer Area, double Confidence, string Matched);
