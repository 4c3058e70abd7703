using Linli.Kernel.Areas;
using NetTopologySuite.Geometries;

namespace Linli.Kernel.Tests.Areas;

public sealed class ShippedAreasTests
{
    private static readonly AreaMap Map = Shipped.Map;

    [Fact]
    public void There_are_a_county_11_towns_283_villages_and_three_or_four_grids_in_each_community_of_the_county_town()
    {
        var counts = Map.All.CountBy(a => a.Level).ToDictionary();
        Assert.Equal((1, 11, 283), (counts[AreaLevel.County], counts[AreaLevel.Town], counts[AreaLevel.Village]));
        var communities = Map.ChildrenOf("140427100").Where(v => v.Name.EndsWith("社区", StringComparison.Ordinal)).ToList();
        Assert.Equal(["城南社区", "城北社区", "新南社区"], communities.Select(c => c.Name));
        Assert.All(communities, c => Assert.InRange(Map.ChildrenOf(c.Code).Count, 3, 4));
    }

    [Fact]
    public void Everything_has_both_names_a_point_a_boundary_and_a_source() =>
        Assert.All(Map.All, a => Assert.True(a.HasBoundary && a.Point is not null && a.NameEn is { Length: > 3 } && a.Source is not null, a.Code));

    [Fact]
    public void Everything_but_the_county_says_that_its_shape_is_for_the_demo() =>
        Assert.Equal(["140427"], Map.All.Where(a => !a.IsDemoShape).Select(a => a.Code));

    [Fact]
    public void Every_point_lies_in_its_own_cell() =>
        Assert.All(Map.All.Where(a => a.Level >= AreaLevel.Village), a =>
        {
            var found = Map.Locate(a.Point!.Value.Longitude, a.Point.Value.Latitude);
            Assert.Contains(a.Code, Map.PathTo(found!.Code).Select(n => n.Code));
        });

    [Fact]
    public void Children_fill_their_parent_without_gap_or_overlap() =>
        Assert.All(Map.All.Where(a => Map.ChildrenOf(a.Code).Count > 0), parent =>
        {
            var whole = Map.BoundaryOf(parent.Code)!;
            var parts = Map.ChildrenOf(parent.Code).Select(c => Map.BoundaryOf(c.Code)!).ToArray();

            // Every edge is either met by the same edge of a neighbour the other way round, or an edge of the parent.
            var edges = parts.SelectMany(EdgesOf).ToHashSet();
            Assert.Equal(parts.Sum(p => EdgesOf(p).Count()), edges.Count);
            Assert.Equal(EdgesOf(whole).ToHashSet(), edges.Where(e => !edges.Contains((e.To, e.From))).ToHashSet());
            Assert.Equal(whole.Area, parts.Sum(p => p.Area), 1e-12);
        });

    [Fact]
    public void Every_boundary_is_valid_and_in_one_piece_and_only_Jidian_has_a_hole_for_the_development_zone() =>
        Assert.All(Map.All, a => Assert.True(Map.BoundaryOf(a.Code) is Polygon { IsValid: true } one && one.NumInteriorRings == (a.Name == "集店镇" ? 1 : 0), a.Code));

    [Fact]
    public void Any_point_of_the_county_has_one_answer_and_the_raster_gives_the_same_as_testing_every_area()
    {
        var box = Map.BoundaryOf("140427")!.EnvelopeInternal;
        for (var i = 0; i < 150; i++)
        {
            for (var j = 0; j < 150; j++)
            {
                double x = box.MinX + box.Width * i / 149, y = box.MinY + box.Height * j / 149;
                var found = Map.Locate(x, y);
                Assert.Equal(Map.LocateWithoutRaster(x, y), found);
                Assert.True(found is null || found.Level >= AreaLevel.Village);
            }
        }
    }

    [Fact]
    public void Corners_and_middles_of_all_edges_go_to_the_same_area_as_without_the_raster()
    {
        foreach (var ring in Map.All.Select(a => Map.BoundaryOf(a.Code)!.Coordinates))
        {
            foreach (var (a, b) in ring.Zip(ring.Skip(1)))
            {
                Assert.Equal(Map.LocateWithoutRaster(a.X, a.Y), Map.Locate(a.X, a.Y));
                Assert.NotNull(Map.Locate(a.X, a.Y));
                Assert.Equal(Map.LocateWithoutRaster((a.X + b.X) / 2, (a.Y + b.Y) / 2), Map.Locate((a.X + b.X) / 2, (a.Y + b.Y) / 2));
            }
        }
    }

    [Fact]
    public void The_county_has_the_size_that_the_yearbooks_say()
    {
        var squareDegrees = Map.BoundaryOf("140427")!.Area;
        Assert.InRange(squareDegrees * 111.32 * Math.Cos(36.02 * Math.PI / 180) * 110.95, 990, 1030); // 1013 km²
    }

    private static IEnumerable<(Coordinate From, Coordinate To)> EdgesOf(Geometry geometry) =>
        AreaShape.PolygonsOf(geometry.Normalized()).SelectMany(p => p.Holes.Prepend(p.Shell))
            .SelectMany(ring => ring.Coordinates.Zip(ring.Coordinates.Skip(1)));
}
