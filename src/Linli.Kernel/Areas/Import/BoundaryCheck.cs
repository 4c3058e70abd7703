using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Union;

namespace Linli.Kernel.Areas;

/// <summary>
/// Holds the boundaries of neighbours against one another and against the area above. Slivers, which come from drawing the same line
/// twice, are mended: an overlap goes to the lower code, which has its points anyway, a gap to the neighbour with the longest common border.
/// </summary>
/// <param name="given">By code.</param>
/// <param name="mayChange">Codes of those that may be mended.</param>
internal sealed class BoundaryCheck(IReadOnlyDictionary<string, Geometry> given, IReadOnlySet<string> mayChange)
{
    private readonly Dictionary<string, Geometry> _now = given.ToDictionary();
    private readonly HashSet<string> _mended = [];

    public List<BoundaryFinding> Findings { get; } = [];

    /// <summary>Boundaries that are no longer what was given.</summary>
    public IEnumerable<(string Code, Geometry Boundary)> Mended => _mended.Select(code => (code, _now[code]));

    /// <param name="above">Null, or its boundary is not known: gaps are then what siblings enclose.</param>
    /// <param name="siblings">Codes of the areas directly below it, of one level.</param>
    public void Look(string? above, IReadOnlyList<string> siblings)
    {
        var ordered = siblings.Where(_now.ContainsKey).Order(StringComparer.Ordinal).ToList();
        Overlaps(ordered);
        if (above is not null && ordered.Count > 0)
        {
            GapsAndOverhangs(above, ordered);
        }
    }

    private void Overlaps(List<string> siblings)
    {
        var tree = new STRtree<string>();
        siblings.ForEach(code => tree.Insert(_now[code].EnvelopeInternal, code));
        foreach (var code in siblings)
        {
            foreach (var other in tree.Query(_now[code].EnvelopeInternal).Where(o => string.CompareOrdinal(o, code) > 0).Order(StringComparer.Ordinal))
            {
                var common = OverlayNGRobust.Overlay(_now[code], _now[other], SpatialFunction.Intersection);
                if (BoundaryFinding.SquareMetresOf(common) is var size && size >= BoundaryFinding.Noise)
                {
                    var isSliver = IsSliver(size, Smaller(code, other))
                        && Mend(other, OverlayNGRobust.Overlay(_now[other], _now[code], SpatialFunction.Difference));
                    Findings.Add(new BoundaryFinding(BoundaryFault.Overlap, code, other, size, PointIn(common), isSliver));
                }
            }
        }
    }

    private void GapsAndOverhangs(string above, List<string> siblings)
    {
        var all = UnaryUnionOp.Union(siblings.Select(s => _now[s]));
        if (!_now.TryGetValue(above, out var whole))
        {
            Gaps(above, siblings, AreaShape.PolygonsOf(all).SelectMany(p => p.Holes.Select(h => new Polygon((LinearRing)h.Copy()))));
            return;
        }

        Gaps(above, siblings, PolygonsIn(OverlayNGRobust.Overlay(whole, all, SpatialFunction.Difference)));
        if (BoundaryFinding.SquareMetresOf(OverlayNGRobust.Overlay(all, whole, SpatialFunction.Difference)) < BoundaryFinding.Sliver)
        {
            return;
        }

        foreach (var code in siblings)
        {
            var outside = OverlayNGRobust.Overlay(_now[code], whole, SpatialFunction.Difference);
            if (BoundaryFinding.SquareMetresOf(outside) is var size && size >= BoundaryFinding.Sliver)
            {
                Findings.Add(new BoundaryFinding(BoundaryFault.Overhang, code, above, size, PointIn(outside), false));
            }
        }
    }

    private void Gaps(string above, List<string> siblings, IEnumerable<Polygon> gaps)
    {
        foreach (var gap in gaps)
        {
            var size = BoundaryFinding.SquareMetresOf(gap);
            if (size < BoundaryFinding.Noise)
            {
                continue;
            }

            var neighbour = siblings.Where(s => _now[s].EnvelopeInternal.Intersects(gap.EnvelopeInternal))
                .Select(s => (Code: s, Border: OverlayNGRobust.Overlay(_now[s], gap, SpatialFunction.Intersection).Length)).OrderByDescending(s => s.Border).FirstOrDefault();
            var isMended = neighbour.Border > 0 && IsSliver(size, _now[neighbour.Code])
                && Mend(neighbour.Code, OverlayNGRobust.Overlay(_now[neighbour.Code], gap, SpatialFunction.Union));
            Findings.Add(new BoundaryFinding(BoundaryFault.Gap, above, isMended ? neighbour.Code : null, size, PointIn(gap), isMended));
        }
    }

    private bool Mend(string code, Geometry boundary)
    {
        var polygons = PolygonsIn(boundary).ToArray();
        if (polygons.Length == 0 || !mayChange.Contains(code))
        {
            return false;
        }

        _now[code] = polygons.Length == 1 ? polygons[0] : new MultiPolygon(polygons);
        _mended.Add(code);
        return true;
    }

    private Geometry Smaller(string one, string other) => _now[one].Area < _now[other].Area ? _now[one] : _now[other];

    private static bool IsSliver(double size, Geometry area) => size <= BoundaryFinding.Sliver && size <= BoundaryFinding.SquareMetresOf(area) / 1_000;

    private static IEnumerable<Polygon> PolygonsIn(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(p => !p.IsEmpty);

    private static GeoPoint PointIn(Geometry geometry)
    {
        var largest = PolygonsIn(geometry).MaxBy(p => p.Area)!.InteriorPoint;
        return new GeoPoint(largest.X, largest.Y);
    }
}
