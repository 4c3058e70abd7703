using NetTopologySuite.Geometries;

namespace Linli.Kernel.Areas;

public enum BoundaryFault
{
    /// <summary>A line touches or crosses itself.</summary>
    SelfCrossing,

    /// <summary>Two areas of one level both claim it.</summary>
    Overlap,

    /// <summary>Inside the area above, and in none of those below it.</summary>
    Gap,

    /// <summary>Outside of the area above.</summary>
    Overhang,
}

/// <summary>Something that is not as it should be in boundaries, and where.</summary>
/// <param name="Code">Of a gap, the area above.</param>
/// <param name="Other">The second area of an overlap, the area above of an overhang, who got a mended gap.</param>
/// <param name="Place">A point in it, WGS 84.</param>
/// <param name="IsMended">It was too small to be meant, and is gone.</param>
public sealed record BoundaryFinding(BoundaryFault Fault, string Code, string? Other, double SquareMetres, GeoPoint Place, bool IsMended)
{
    /// <summary>Smaller is noise of the last digits, and not spoken of.</summary>
    public const double Noise = 1;

    /// <summary>Up to here (a hundredth of a hectare, and a thousandth of the area) it comes from drawing the same line twice; above, somebody has to decide.</summary>
    public const double Sliver = 100;

    public static double SquareMetresOf(Geometry geometry) =>
        geometry.Area * 111_195 * 111_195 * Math.Cos(double.DegreesToRadians(geometry.EnvelopeInternal.Centre?.Y ?? 0));

    /// <summary>As a sentence: a template and its values, names included.</summary>
    public FieldProblem Describe(Func<string, string> nameOf)
    {
        var (area, place, at) = (Math.Round(SquareMetres), $"geojson:{Code}", (X: Math.Round(Place.Longitude, 6), Y: Math.Round(Place.Latitude, 6)));
        return Fault switch
        {
            BoundaryFault.SelfCrossing => new(place, "{0} 的边界自己碰到自己，在经度 {1}、纬度 {2} 附近，已修正。", nameOf(Code), at.X, at.Y),
            BoundaryFault.Overlap when IsMended => new(place, "{0} 与 {1} 重叠 {2} 平方米，在经度 {3}、纬度 {4} 附近，已归前者。", nameOf(Code), nameOf(Other!), area, at.X, at.Y),
            BoundaryFault.Overlap => new(place, "{0} 与 {1} 重叠 {2} 平方米，在经度 {3}、纬度 {4} 附近。请改正边界；确实要这样，可用 --accept-overlaps，重叠处归代码小的。", nameOf(Code), nameOf(Other!), area, at.X, at.Y),
            BoundaryFault.Gap when IsMended => new(place, "{0} 内有 {1} 平方米不属于任何下级，在经度 {2}、纬度 {3} 附近，已归 {4}。", nameOf(Code), area, at.X, at.Y, nameOf(Other!)),
            BoundaryFault.Gap => new(place, "{0} 内有 {1} 平方米不属于任何下级，在经度 {2}、纬度 {3} 附近；落在那里的点归 {0}。", nameOf(Code), area, at.X, at.Y),
            _ => new(place, "{0} 有 {1} 平方米在上级 {2} 的边界以外，在经度 {3}、纬度 {4} 附近。", nameOf(Code), area, nameOf(Other!), at.X, at.Y),
        };
    }
}
