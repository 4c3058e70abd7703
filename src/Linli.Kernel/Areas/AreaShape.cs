using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Linli.Kernel.Areas;

/// <summary>
/// A polygon or multipolygon as flat arrays, made to be asked about points. Border and corners belong to it; a hole's inside does not.
/// The edges are kept in horizontal bands, so that a point is held against those at its own height only.
/// </summary>
internal sealed class AreaShape
{
    // Shewchuk's bound for the sign of a 2×2 determinant in double precision.
    private const double SignIsCertain = 3.330_669_073_875_471_6e-16;
    private const int VerticesPerBand = 3;

    /// <summary>x and y of each vertex, one after the other: a test reads both.</summary>
    private readonly double[] _xy;
    private readonly int[] _ringStarts;
    private readonly int[] _ringsOfPolygon;

    /// <summary>Where each band's edges begin in <see cref="_bandEdges"/>, which has the place of each edge's first vertex.</summary>
    private readonly int[] _bandStarts;
    private readonly int[] _bandEdges;
    private readonly double _bandsPerDegree;

    public AreaShape(Geometry geometry)
    {
        var polygons = PolygonsOf(geometry);
        var rings = polygons.SelectMany(p => p.Holes.Prepend(p.Shell)).ToList();
        _ringsOfPolygon = [.. polygons.Select(p => p.Holes.Length + 1)];
        _xy = new double[2 * rings.Sum(r => r.NumPoints)];
        _ringStarts = new int[rings.Count + 1];
        var at = 0;
        for (var i = 0; i < rings.Count; i++)
        {
            _ringStarts[i] = at;
            foreach (var point in rings[i].Coordinates)
            {
                (_xy[2 * at], _xy[2 * at + 1]) = (point.X, point.Y);
                at++;
            }
        }

        _ringStarts[^1] = at;
        var box = geometry.EnvelopeInternal;
        (MinX, MinY, MaxX, MaxY) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
        var bands = MaxY > MinY ? Math.Max(1, at / VerticesPerBand) : 1;
        _bandsPerDegree = MaxY > MinY ? bands / (MaxY - MinY) : 0;
        (_bandStarts, _bandEdges) = SortIntoBands(bands);
    }

    public double MinX { get; }
    public double MinY { get; }
    public double MaxX { get; }
    public double MaxY { get; }
    public int VertexCount => _xy.Length / 2;

    /// <exception cref="ArgumentException">Neither polygon nor multipolygon, or empty.</exception>
    public static IReadOnlyList<Polygon> PolygonsOf(Geometry geometry) => geometry switch
    {
        Polygon { IsEmpty: false } one => [one],
        MultiPolygon { IsEmpty: false } many => [.. many.Geometries.Cast<Polygon>()],
        _ => throw new ArgumentException($"An area needs a polygon or multipolygon, not an empty one or a {geometry.GeometryType}.", nameof(geometry)),
    };

    public bool Covers(double x, double y)
    {
        if (x < MinX || x > MaxX || y < MinY || y > MaxY)
        {
            return false;
        }

        var inside = false;
        var band = BandOf(y, _bandStarts.Length - 1);
        for (var at = _bandStarts[band]; at < _bandStarts[band + 1]; at++)
        {
            var edge = _xy.AsSpan(2 * _bandEdges[at], 4);
            double x1 = edge[0], y1 = edge[1], x2 = edge[2], y2 = edge[3];
            if (y1 > y == y2 > y)
            {
                // Does not cross the line of the point; it can still run along it or end on it.
                if (y1 == y && (x1 == x || (y2 == y && x1 < x == x < x2)))
                {
                    return true;
                }
            }
            else if (x < x1 && x < x2)
            {
                inside = !inside;
            }
            else if (x <= x1 || x <= x2)
            {
                var side = SideOf(x1, y1, x2, y2, x, y);
                if (side == 0)
                {
                    return true;
                }

                inside ^= side > 0 == y2 > y1;
            }
        }

        return inside;
    }

    /// <summary>The point of the border that is nearest, measured on a plane in which a degree of longitude is <paramref name="squeeze"/> degrees of latitude.</summary>
    public (GeoPoint Point, double Squared) NearestOnBorder(double x, double y, double squeeze)
    {
        var best = (Point: default(GeoPoint), Squared: double.PositiveInfinity);
        ForEachEdge((x1, y1, x2, y2) =>
        {
            double alongX = (x2 - x1) * squeeze, alongY = y2 - y1, length = alongX * alongX + alongY * alongY;
            var share = length == 0 ? 0 : Math.Clamp((((x - x1) * squeeze * alongX) + ((y - y1) * alongY)) / length, 0, 1);
            double nearX = x1 + share * (x2 - x1), nearY = y1 + share * (y2 - y1);
            double offX = (x - nearX) * squeeze, offY = y - nearY, squared = offX * offX + offY * offY;
            if (squared < best.Squared)
            {
                best = (new GeoPoint(nearX, nearY), squared);
            }
        });
        return best;
    }

    /// <summary>Squared distance to the box around it, on the same plane; never more than to the shape itself.</summary>
    public double SquaredToBox(double x, double y, double squeeze)
    {
        var offX = Math.Max(0, Math.Max(MinX - x, x - MaxX)) * squeeze;
        var offY = Math.Max(0, Math.Max(MinY - y, y - MaxY));
        return offX * offX + offY * offY;
    }

    public void ForEachEdge(Action<double, double, double, double> visit)
    {
        for (var ring = 0; ring + 1 < _ringStarts.Length; ring++)
        {
            for (var i = _ringStarts[ring]; i + 1 < _ringStarts[ring + 1]; i++)
            {
                visit(_xy[2 * i], _xy[2 * i + 1], _xy[2 * i + 2], _xy[2 * i + 3]);
            }
        }
    }

    public Geometry ToGeometry()
    {
        var rings = new Queue<LinearRing>(_ringStarts.SkipLast(1).Zip(_ringStarts.Skip(1), (from, to) =>
            new LinearRing([.. Enumerable.Range(from, to - from).Select(i => new Coordinate(_xy[2 * i], _xy[2 * i + 1]))])));
        var polygons = _ringsOfPolygon.Select(count =>
            new Polygon(rings.Dequeue(), [.. Enumerable.Range(1, count - 1).Select(_ => rings.Dequeue())])).ToArray();
        return polygons.Length == 1 ? polygons[0] : new MultiPolygon(polygons);
    }

    private (int[] Starts, int[] Edges) SortIntoBands(int bands)
    {
        var counts = new int[bands + 1];
        ForEachEdgeBand(bands, (_, band) => counts[band + 1]++);
        for (var band = 0; band < bands; band++)
        {
            counts[band + 1] += counts[band];
        }

        var (next, edges) = ((int[])counts.Clone(), new int[counts[bands]]);
        ForEachEdgeBand(bands, (edge, band) => edges[next[band]++] = edge);
        return (counts, edges);
    }

    private void ForEachEdgeBand(int bands, Action<int, int> visit)
    {
        for (var ring = 0; ring + 1 < _ringStarts.Length; ring++)
        {
            for (var i = _ringStarts[ring]; i + 1 < _ringStarts[ring + 1]; i++)
            {
                int one = BandOf(_xy[2 * i + 1], bands), other = BandOf(_xy[2 * i + 3], bands);
                for (var band = Math.Min(one, other); band <= Math.Max(one, other); band++)
                {
                    visit(i, band);
                }
            }
        }
    }

    /// <summary>Never decreases with y, so an edge stands in the band of every height that it reaches, whatever the rounding.</summary>
    private int BandOf(double y, int bands) => Math.Min((int)((y - MinY) * _bandsPerDegree), bands - 1);

    /// <summary>
    /// Positive left of the edge, negative right, 0 exactly on it. The neighbour that has the same edge the other way round
    /// gets exactly the opposite answer, so that no point falls between two cells.
    /// </summary>
    private static double SideOf(double x1, double y1, double x2, double y2, double x, double y)
    {
        double left = (x1 - x) * (y2 - y), right = (y1 - y) * (x2 - x), side = left - right;
        return Math.Abs(side) > SignIsCertain * (Math.Abs(left) + Math.Abs(right))
            ? side
            : CGAlgorithmsDD.OrientationIndex(x1, y1, x2, y2, x, y);
    }
}
