using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Areas;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Linli.Kernel.Tests.Areas;

public sealed class AreaShapeTests
{
    private const string WithHole = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (3 3, 7 3, 7 7, 3 7, 3 3))";

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(5, 5, false)] // in the hole
    [InlineData(3, 5, true)] // on the edge of the hole
    [InlineData(7, 7, true)] // on its corner
    [InlineData(0, 0, true)]
    [InlineData(10, 4, true)]
    [InlineData(4, 10, true)]
    [InlineData(10.000001, 4, false)]
    [InlineData(-1, 0, false)] // in line with a horizontal edge, before it
    [InlineData(11, 10, false)] // behind it
    [InlineData(-1, 3, false)]
    public void Borders_belong_and_holes_do_not(double x, double y, bool belongs) =>
        Assert.Equal(belongs, Shape(WithHole).Covers(x, y));

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(21, 1, true)]
    [InlineData(10, 1, false)]
    public void A_multipolygon_has_all_its_parts(double x, double y, bool belongs) =>
        Assert.Equal(belongs, Shape("MULTIPOLYGON(((0 0, 2 0, 2 2, 0 2, 0 0)), ((20 0, 22 0, 22 2, 20 2, 20 0)))").Covers(x, y));

    [Fact]
    public void A_point_computed_to_lie_on_a_slanted_edge_is_decided_exactly()
    {
        var shape = Shape("POLYGON((0 0, 3 1, 0 1, 0 0))");
        Assert.True(shape.Covers(1.5, 0.5));
        Assert.False(shape.Covers(Math.BitIncrement(1.5), 0.5));
        Assert.True(shape.Covers(Math.BitDecrement(1.5), 0.5));
    }

    [Fact]
    public void It_agrees_with_the_geometry_library_on_any_polygon_and_point_borders_and_corners_included() =>
        Prop.ForAll(Stars.Zip(Gen.Choose(-1, 13).Two()).ToArbitrary(), given =>
        {
            var (polygon, (x, y)) = given;
            Assert.Equal(polygon.Covers(new Point(x, y)), new AreaShape(polygon).Covers(x, y));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void What_goes_in_comes_out()
    {
        foreach (var wkt in new[] { WithHole, "MULTIPOLYGON(((0 0, 2 0, 2 2, 0 2, 0 0)), ((20 0, 29 0, 29 9, 20 9, 20 0), (22 2, 22 3, 23 3, 22 2)))" })
        {
            Assert.Equal(new WKTReader().Read(wkt), Shape(wkt).ToGeometry());
        }
    }

    [Fact]
    public void The_nearest_point_of_the_border_is_found_on_edges_corners_and_holes()
    {
        Assert.Equal(new GeoPoint(10, 4), Shape(WithHole).NearestOnBorder(12, 4, 1).Point);
        Assert.Equal(new GeoPoint(10, 10), Shape(WithHole).NearestOnBorder(12, 13, 1).Point);
        Assert.Equal(new GeoPoint(7, 5), Shape(WithHole).NearestOnBorder(6.5, 5, 1).Point);
    }

    /// <summary>Star-shaped polygons on a small grid of whole numbers, so that points often fall on edges and corners.</summary>
    private static Gen<Polygon> Stars => (
        from corners in Gen.Choose(0, 12).Two().ArrayOf(9)
        let points = corners.Select(c => new Coordinate(c.Item1, c.Item2)).Distinct()
        let around = points.OrderBy(c => Math.Atan2(c.Y - 6.5, c.X - 6.5)).ToList()
        where around.Count > 3
        let polygon = new Polygon(new LinearRing([.. around, around[0].Copy()]))
        where polygon.IsValid
        select polygon);

    private static AreaShape Shape(string wkt) => new(new WKTReader().Read(wkt));
}
