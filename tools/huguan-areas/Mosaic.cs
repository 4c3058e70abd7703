using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace Linli.HuguanAreas;

/// <summary>One place that gets a cell.</summary>
internal sealed record Site(string Code, Coordinate At);

/// <summary>
/// Cells that fit without gap or overlap: every line (outline, borders of villages, borders of grids) is noded once, on the
/// grid of six decimals, and each cell is put together from the faces between the lines. So neighbours share every vertex.
/// </summary>
internal static class Mosaic
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(1_000_000), 4326);

    /// <param name="outline">The county, in degrees.</param>
    /// <param name="villages">In degrees.</param>
    /// <param name="grids">In degrees; a grid's first twelve characters are its village.</param>
    /// <returns>Cell by code, of the villages and of the grids.</returns>
    public static Dictionary<string, Geometry> Cut(Polygon outline, IReadOnlyList<Site> villages, IReadOnlyList<Site> grids)
    {
        var cells = CellsInDegrees(villages);
        var lines = new List<Geometry> { outline.Boundary };
        lines.AddRange(cells.Values.Select(c => c.Boundary.Intersection(outline.Buffer(0.0005))));
        foreach (var village in grids.GroupBy(g => g.Code[..12]))
        {
            // A metre too long on purpose: loose ends are dropped, missing ends would join two grids.
            var reach = cells[village.Key].Buffer(0.00001);
            lines.AddRange(CellsInDegrees([.. village]).Values.Select(c => c.Boundary.Intersection(reach)));
        }

        var noded = UnaryUnionNG.Union(Factory.BuildGeometry(lines.SelectMany(Lines)), Factory.PrecisionModel);
        var polygonizer = new Polygonizer();
        polygonizer.Add(noded);
        var faces = polygonizer.GetPolygons().Cast<Polygon>().Where(f => outline.Contains(f.InteriorPoint)).ToList();
        var owners = faces.ToDictionary(f => f, f => Nearest(villages, f));
        GiveFragmentsToNeighbours(owners, villages);

        var result = owners.GroupBy(o => o.Value, o => o.Key).ToDictionary(g => g.Key.Code, g => Join(g));
        foreach (var village in grids.GroupBy(g => g.Code[..12]))
        {
            var own = owners.Where(o => o.Value.Code == village.Key).Select(o => o.Key);
            foreach (var grid in own.GroupBy(f => Nearest([.. village], f)))
            {
                result.Add(grid.Key.Code, Join(grid));
            }
        }

        return result;
    }

    public static Geometry Join(IEnumerable<Geometry> cells)
    {
        var joined = CoverageUnion.Union(Factory.BuildGeometry(cells.SelectMany(Polygons)));
        return joined.Normalized();
    }

    private static Dictionary<string, Geometry> CellsInDegrees(IReadOnlyList<Site> sites)
    {
        var cells = Voronoi.Cells([.. sites.Select(s => Plane.ToMetres(s.At.X, s.At.Y))]);
        return sites.Zip(cells).ToDictionary(p => p.First.Code, p => (Geometry)Factory.CreatePolygon(
            [.. p.Second.Coordinates.Select(Plane.ToDegreesExactly)]));
    }

    private static Site Nearest(IReadOnlyList<Site> sites, Geometry face)
    {
        var inside = face.InteriorPoint.Coordinate;
        var metres = Plane.ToMetres(inside.X, inside.Y);
        return sites.MinBy(s => Plane.ToMetres(s.At.X, s.At.Y).Distance(metres))!;
    }

    /// <summary>The winding outline cuts corners off some cells; a corner goes to the neighbour with the longest common border.</summary>
    private static void GiveFragmentsToNeighbours(Dictionary<Polygon, Site> owners, IReadOnlyList<Site> villages)
    {
        foreach (var village in villages)
        {
            var own = owners.Where(o => o.Value == village).Select(o => (Geometry)o.Key).ToList();
            if (Join(own) is not MultiPolygon parts)
            {
                continue;
            }

            var home = parts.Geometries.Single(p => p.Covers(new Point(village.At)));
            foreach (var face in own.Where(f => !home.Covers(f)).Cast<Polygon>())
            {
                owners[face] = owners.Where(o => o.Value != village && o.Key.Intersects(face))
                    .GroupBy(o => o.Value).MaxBy(g => g.Sum(o => o.Key.Intersection(face).Length))!.Key;
            }
        }
    }

    private static IEnumerable<Geometry> Lines(Geometry geometry) =>
        geometry is GeometryCollection many ? many.Geometries.SelectMany(Lines) : geometry.Dimension == Dimension.Curve ? [geometry] : [];

    private static IEnumerable<Geometry> Polygons(Geometry geometry) =>
        geometry is GeometryCollection many ? many.Geometries.SelectMany(Polygons) : [geometry];
}
