using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Areas;
using NetTopologySuite.IO;

namespace Linli.Kernel.Tests.Areas;

public sealed class AreaMapTests
{
    private const string County = "140427", TownA = "140427100", TownB = "140427101";
    private const string VillageA = "140427100001", VillageB = "140427101001", Enclave = "140427101002", GridA = "14042710000101";

    // Two towns side by side; town A has a hole that is an enclave of town B.
    private static readonly AreaMap Map = AreaMap.Build([
        Drawn.Area(County, Drawn.Box(113.0, 36.0, 113.4, 36.2)),
        Drawn.Area(TownA, "POLYGON((113 36, 113.2 36, 113.2 36.2, 113 36.2, 113 36), (113.05 36.05, 113.1 36.05, 113.1 36.1, 113.05 36.1, 113.05 36.05))", County),
        Drawn.Area(TownB, "MULTIPOLYGON(((113.2 36, 113.4 36, 113.4 36.2, 113.2 36.2, 113.2 36)), ((113.05 36.05, 113.1 36.05, 113.1 36.1, 113.05 36.1, 113.05 36.05)))", County),
        Drawn.Area(VillageA, "POLYGON((113 36, 113.2 36, 113.2 36.2, 113 36.2, 113 36), (113.05 36.05, 113.1 36.05, 113.1 36.1, 113.05 36.1, 113.05 36.05))", TownA),
        Drawn.Area(GridA, Drawn.Box(113.0, 36.15, 113.2, 36.2), VillageA),
        Drawn.Area(VillageB, Drawn.Box(113.2, 36.0, 113.3, 36.2), TownB),
        Drawn.Area(Enclave, Drawn.Box(113.05, 36.05, 113.1, 36.1), TownB),
    ]);

    [Theory]
    [InlineData(113.02, 36.02, VillageA)]
    [InlineData(113.02, 36.18, GridA)] // the grid is deeper than its village
    [InlineData(113.07, 36.07, Enclave)]
    [InlineData(113.25, 36.1, VillageB)]
    [InlineData(113.35, 36.1, TownB)] // no village there
    [InlineData(113.5, 36.1, null)]
    [InlineData(36.1, 113.2, null)] // swapped
    [InlineData(double.NaN, 36.1, null)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, null)]
    public void A_point_lies_in_the_deepest_area_that_has_it(double longitude, double latitude, string? code) =>
        Assert.Equal(code, Map.Locate(longitude, latitude)?.Code);

    [Theory]
    [InlineData(113.2, 36.1, VillageA)] // between A and B: the lower code
    [InlineData(113.2, 36.15, GridA)] // where three meet: the deepest
    [InlineData(113.1, 36.07, VillageA)] // the edge of the enclave
    [InlineData(113.05, 36.05, VillageA)] // its corner
    [InlineData(113.0, 36.0, VillageA)] // the county's corner
    [InlineData(113.4, 36.2, TownB)] // the opposite one
    [InlineData(113.3, 36.1, VillageB)] // between a village and land without one
    public void A_point_on_a_border_belongs_to_one_area_always_the_same(double longitude, double latitude, string code) =>
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal(code, Map.Locate(longitude, latitude)?.Code));

    [Fact]
    public void The_raster_answers_what_testing_every_area_answers() =>
        Prop.ForAll(Gen.Choose(-2, 42).Two().ToArbitrary(), given =>
        {
            var (x, y) = (113 + given.Item1 / 100.0, 36 + given.Item2 / 200.0);
            Assert.Equal(Map.LocateWithoutRaster(x, y), Map.Locate(x, y));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_order_in_which_areas_come_does_not_matter()
    {
        var areas = new[] { VillageB, VillageA }.Select((code, i) => Drawn.Area(code, i == 0 ? Drawn.Box(1, 0, 2, 1) : Drawn.Box(0, 0, 1, 1))).ToList();
        Assert.Equal(VillageA, AreaMap.Build(areas).Locate(1, 0.5)!.Code);
        Assert.Equal(VillageA, AreaMap.Build([.. areas.AsEnumerable().Reverse()]).Locate(1, 0.5)!.Code);
    }

    [Fact]
    public void The_way_from_the_top_is_known() =>
        Assert.Equal([County, TownA, VillageA, GridA], Map.PathTo(GridA).Select(n => n.Code));

    [Fact]
    public void Outside_the_nearest_area_is_given_with_its_distance_in_metres()
    {
        var nearest = Map.Nearest(113.41, 36.1)!;
        Assert.Equal(TownB, nearest.Area.Code);
        Assert.Equal(898, nearest.Metres, 5.0); // a hundredth of a degree of longitude at 36° north
        Assert.False(Map.IsInsideJurisdiction(113.41, 36.1));
    }

    [Fact]
    public void Inside_the_nearest_area_is_where_one_is() =>
        Assert.Equal(new NearestArea(Map.Find(Enclave)!, 0), Map.Nearest(113.07, 36.07));

    [Fact]
    public void Without_boundaries_the_nearest_point_counts()
    {
        var map = AreaMap.Build([Drawn.Area(VillageA, (byte[]?)null, null, new GeoPoint(113.1, 36)), Drawn.Area(VillageB, (byte[]?)null, null, new GeoPoint(113.2, 36))]);
        Assert.Null(map.Locate(113.1, 36));
        Assert.Equal(VillageB, map.Nearest(113.17, 36)!.Area.Code);
    }

    [Fact]
    public void A_radius_reaches_over_borders()
    {
        Assert.Equal([VillageA], Map.WithinRadius(new GeoPoint(113.15, 36.02), 100, AreaLevel.Village).Select(n => n.Code));
        Assert.Equal([VillageA, VillageB], Map.WithinRadius(new GeoPoint(113.199, 36.02), 100, AreaLevel.Village).Select(n => n.Code));
        Assert.Equal([TownA, TownB], Map.WithinRadius(new GeoPoint(113.199, 36.02), 100, AreaLevel.Town).Select(n => n.Code));
    }

    [Fact]
    public void A_polygon_touches_what_it_has_a_point_in_common_with() =>
        Assert.Equal([VillageA, VillageB, Enclave], Map.Touching(new WKTReader().Read(Drawn.Box(113.09, 36.06, 113.21, 36.07)), AreaLevel.Village).Select(n => n.Code));

    [Fact]
    public void An_area_that_has_ended_is_found_by_code_only()
    {
        var ended = Drawn.Area(VillageA, Drawn.Box(0, 0, 1, 1));
        ended.EndedOn = new DateOnly(2021, 4, 7);
        var map = AreaMap.Build([ended]);
        Assert.NotNull(map.Find(VillageA));
        Assert.Null(map.Locate(0.5, 0.5));
        Assert.Empty(map.All);
    }

    [Fact]
    public void An_empty_map_answers_with_nothing()
    {
        Assert.Null(AreaMap.Empty.Locate(113, 36));
        Assert.Null(AreaMap.Empty.Nearest(113, 36));
        Assert.Empty(AreaMap.Empty.Search.Find("龙泉镇"));
    }
}
