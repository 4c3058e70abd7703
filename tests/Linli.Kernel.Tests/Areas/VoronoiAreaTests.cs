using Linli.Kernel.Areas;
using Linli.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.IO;

namespace Linli.Kernel.Tests.Areas;

/// <summary>The index on made-up countries with winding borders, held against the geometry library and against testing every area.</summary>
public sealed class VoronoiAreaTests
{
    private static readonly Envelope Box = new(112.8, 113.6, 35.8, 36.4);

    [Fact]
    public void The_made_up_country_is_whole_its_cells_share_their_borders_and_none_crosses_another()
    {
        var cells = VoronoiCells.Make(60, Box, 100, seed: 1);
        Assert.Equal(60, cells.Count);
        Assert.InRange(cells.Average(c => c.NumPoints), 90, 110);
        Assert.All(cells, c => Assert.True(c.IsValid));
        var edges = cells.SelectMany(c => c.Shell.Coordinates.Zip(c.Shell.Coordinates.Skip(1))).ToList();
        Assert.Equal(edges.Count, edges.Distinct().Count());
        var turned = edges.Select(e => (e.Second, e.First)).ToHashSet();
        Assert.InRange(edges.Count(e => !turned.Contains(e)), 1, edges.Count / 4);
        Assert.Equal(cells.Sum(c => c.Area), NetTopologySuite.Operation.Union.UnaryUnionOp.Union(cells).Area, 1e-9);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 30)]
    [InlineData(3, 150)]
    public void A_random_point_lies_where_the_geometry_library_says(int seed, int count)
    {
        var (map, cells) = Country(count, seed);
        var prepared = cells.Select(PreparedGeometryFactory.Prepare).ToList();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var (x, y) = (Box.MinX + random.NextDouble() * Box.Width, Box.MinY + random.NextDouble() * Box.Height);
            var cell = prepared.FindIndex(c => c.Covers(new Point(x, y)));
            Assert.Equal(cell < 0 ? null : CodeOf(cell), map.Locate(x, y)?.Code);
        }
    }

    [Fact]
    public void Every_vertex_of_a_shared_border_goes_to_the_lower_code_and_to_no_other_however_the_areas_come()
    {
        var (map, cells) = Country(120, seed: 5);
        var (turned, _) = Country(120, seed: 5, isTurned: true);
        var owners = cells.SelectMany((cell, i) => cell.Shell.Coordinates.Select(v => (v, i))).ToLookup(p => p.v, p => p.i);
        Assert.Contains(owners, o => o.Distinct().Count() > 2);
        Assert.All(owners, o =>
        {
            Assert.Equal(CodeOf(o.Min()), map.Locate(o.Key.X, o.Key.Y)?.Code);
            Assert.Equal(CodeOf(o.Min()), turned.Locate(o.Key.X, o.Key.Y)?.Code);
        });
    }

    [Fact]
    public void No_point_on_or_beside_a_shared_border_falls_between_its_cells()
    {
        var (map, cells) = Country(20, seed: 7);
        foreach (var (cell, i) in cells.Select((c, i) => (c, i)))
        {
            foreach (var (a, b) in cell.Shell.Coordinates.Zip(cell.Shell.Coordinates.Skip(1)))
            {
                foreach (var share in (double[])[0.25, 0.5, 0.9])
                {
                    double x = a.X + share * (b.X - a.X), y = a.Y + share * (b.Y - a.Y);
                    foreach (var beside in (double[])[x, Math.BitIncrement(x), Math.BitDecrement(x)])
                    {
                        var found = map.Locate(beside, y);
                        Assert.Equal(map.LocateWithoutRaster(beside, y), found);
                        Assert.True(found is not null || cells.TrueForAll(c => c == cell || c.Distance(new Point(x, y)) > 1e-12), $"{beside:R} {y:R} at {CodeOf(i)}");
                    }
                }
            }
        }
    }

    [Fact]
    public void What_a_radius_or_a_polygon_touches_is_what_the_geometry_library_says()
    {
        var (map, cells) = Country(80, seed: 9);
        var random = new Random(9);
        for (var i = 0; i < 25; i++)
        {
            var centre = new Point(Box.MinX + random.NextDouble() * Box.Width, Box.MinY + random.NextDouble() * Box.Height);
            var shape = (Polygon)centre.Buffer(0.005 + random.NextDouble() * 0.1, 3);
            Assert.Equal(cells.Index().Where(c => c.Item.Intersects(shape)).Select(c => CodeOf(c.Index)), map.Touching(shape, AreaLevel.Village).Select(n => n.Code));
            var metres = 200 + random.NextDouble() * 8_000;
            var here = new GeoPoint(centre.X, centre.Y);
            Assert.Equal(
                cells.Index().Where(c => c.Item.Covers(centre) || NearestOf(c.Item, here) <= metres).Select(c => CodeOf(c.Index)),
                map.WithinRadius(here, metres, AreaLevel.Village).Select(n => n.Code));
        }
    }

    [Fact]
    public void Outside_of_all_the_nearest_is_the_one_that_is_nearest_of_all()
    {
        var (map, cells) = Country(80, seed: 11);
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            var angle = random.NextDouble() * 2 * Math.PI;
            var here = new GeoPoint(Box.Centre.X + Math.Cos(angle) * Box.Width, Box.Centre.Y + Math.Sin(angle) * Box.Height);
            var best = cells.Index().Select(c => (c.Index, Metres: NearestOf(c.Item, here))).MinBy(c => c.Metres);
            var nearest = map.Nearest(here.Longitude, here.Latitude)!;
            Assert.Null(map.Locate(here.Longitude, here.Latitude));
            Assert.Equal(CodeOf(best.Index), nearest.Area.Code);
            Assert.Equal(best.Metres, nearest.Metres, 1.0);
        }
    }

    /// <summary>On a plane in which a degree of longitude is as long as it is there.</summary>
    private static double NearestOf(Polygon cell, GeoPoint here)
    {
        var squeeze = Math.Cos(double.DegreesToRadians(here.Latitude));
        var plane = (Polygon)cell.Copy();
        plane.Apply(new Squeeze(squeeze));
        var near = NetTopologySuite.Operation.Distance.DistanceOp.NearestPoints(plane.Boundary, new Point(here.Longitude * squeeze, here.Latitude))[0];
        return here.MetresTo(new GeoPoint(near.X / squeeze, near.Y));
    }

    private static (AreaMap Map, List<Polygon> Cells) Country(int count, int seed, bool isTurned = false)
    {
        var cells = VoronoiCells.Make(count, Box, 60, seed);
        var areas = cells.Select((cell, i) => Drawn.Area(CodeOf(i), new WKBWriter().Write(cell))).ToList();
        if (isTurned)
        {
            areas.Reverse();
        }

        return (AreaMap.Build(areas), cells);
    }

    private static string CodeOf(int cell) => $"140427{cell:D6}";

    private sealed class Squeeze(double factor) : ICoordinateSequenceFilter
    {
        public bool Done => false;
        public bool GeometryChanged => true;
        public void Filter(CoordinateSequence seq, int i) => seq.SetX(i, seq.GetX(i) * factor);
    }
}
