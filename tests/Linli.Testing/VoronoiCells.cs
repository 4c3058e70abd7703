using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;

namespace Linli.Testing;

/// <summary>
/// A made-up country: the Voronoi cells of random sites, with borders that wind like real ones. Neighbours have exactly the same
/// vertices along their common border, so that the cells fill the country without gap or overlap. The same for the same seed.
/// </summary>
public static class VoronoiCells
{
    /// <summary>Winding takes at most this share of the room that a border has between its two sites, so that no two borders meet.</summary>
    private const double Winding = 0.7;

    /// <param name="count">How many cells.</param>
    /// <param name="box">Where they are, about.</param>
    /// <param name="vertices">Of a cell, on average.</param>
    public static List<Polygon> Make(int count, Envelope box, int vertices, int seed)
    {
        var random = new Random(seed);
        // The cells at the rim reach far out; more are made than are kept.
        var sites = Enumerable.Range(0, (int)(count + 8 * Math.Sqrt(count))).Select(_ => new Coordinate(
            box.MinX + random.NextDouble() * box.Width, box.MinY + random.NextDouble() * box.Height)).ToList();
        var frame = new Envelope(box);
        frame.ExpandBy(100 * box.Width, 100 * box.Height);
        var builder = new VoronoiDiagramBuilder { ClipEnvelope = frame };
        builder.SetSites(sites);
        var all = builder.GetDiagram(GeometryFactory.Default).Geometries.Cast<Polygon>().ToList();
        var edges = all.SelectMany(c => EdgesOf(c).Select(e => (Edge: Sorted(e), Site: (Coordinate)c.UserData))).ToLookup(e => e.Edge, e => e.Site);
        var cells = all.OrderBy(c => FromMiddle((Coordinate)c.UserData)).Take(count).ToList();

        // A longer edge gets more of the vertices.
        var length = cells.Sum(c => c.Shell.Length) / count / vertices;
        var wound = cells.SelectMany(EdgesOf).Select(Sorted).Distinct().ToDictionary(e => e, e => Wind(e, [.. edges[e]], length, random));
        return [.. cells.Select(c => new Polygon(new LinearRing([.. EdgesOf(c).SelectMany(e => Along(e, wound)).Append(c.Shell.Coordinates[0])])))];

        double FromMiddle(Coordinate site) => Math.Max(Math.Abs(site.X - box.Centre.X) / box.Width, Math.Abs(site.Y - box.Centre.Y) / box.Height);
    }

    private static IEnumerable<(Coordinate From, Coordinate To)> EdgesOf(Polygon cell) =>
        cell.Shell.Coordinates.Zip(cell.Shell.Coordinates.Skip(1)).Where(e => !e.First.Equals2D(e.Second));

    private static (Coordinate From, Coordinate To) Sorted((Coordinate From, Coordinate To) edge) =>
        edge.From.CompareTo(edge.To) <= 0 ? edge : (edge.To, edge.From);

    /// <summary>The vertices of the edge in the direction asked for, without the last one.</summary>
    private static IEnumerable<Coordinate> Along((Coordinate From, Coordinate To) edge, Dictionary<(Coordinate From, Coordinate To), Coordinate[]> wound)
    {
        var sorted = Sorted(edge);
        var between = wound[sorted];
        return (sorted == edge ? between : between.Reverse()).Prepend(edge.From);
    }

    /// <summary>A straight edge becomes a line that wanders left and right, inside the triangles that the edge spans with its sites.</summary>
    private static Coordinate[] Wind((Coordinate From, Coordinate To) edge, Coordinate[] sites, double length, Random random)
    {
        double alongX = edge.To.X - edge.From.X, alongY = edge.To.Y - edge.From.Y, whole = Math.Sqrt(alongX * alongX + alongY * alongY);
        var parts = Math.Max(1, (int)Math.Round(whole / length));
        var offsets = new double[parts + 1];
        Displace(offsets, 0, parts, 1, random);
        var largest = Math.Max(1, offsets.Max(Math.Abs));
        return
        [
            .. Enumerable.Range(1, parts - 1).Select(i =>
            {
                var at = (double)i / parts;
                var off = Winding * offsets[i] / largest * RoomAt(at);
                return new Coordinate(edge.From.X + at * alongX - off * alongY / whole, edge.From.Y + at * alongY + off * alongX / whole);

                double RoomAt(double share) => sites.Min(site =>
                {
                    double x = ((site.X - edge.From.X) * alongX + (site.Y - edge.From.Y) * alongY) / whole;
                    double y = Math.Abs((site.Y - edge.From.Y) * alongX - (site.X - edge.From.X) * alongY) / whole;
                    return y * Math.Min(x > 0 ? share * whole / x : double.MaxValue, x < whole ? (1 - share) * whole / (whole - x) : double.MaxValue);
                });
            }),
        ];
    }

    /// <summary>Midpoint displacement: what makes a line look like a coast.</summary>
    private static void Displace(double[] offsets, int from, int to, double size, Random random)
    {
        if (to - from < 2)
        {
            return;
        }

        var middle = (from + to) / 2;
        offsets[middle] = (offsets[from] + offsets[to]) / 2 + size * (random.NextDouble() * 2 - 1);
        Displace(offsets, from, middle, size * 0.6, random);
        Displace(offsets, middle, to, size * 0.6, random);
    }
}
