using System.Globalization;
using NetTopologySuite.Geometries;

namespace Linli.HuguanAreas;

internal sealed record Grid(Site Site, string Name, string NameEn);

/// <summary>Three or four grids in each community of the county town. Invented.</summary>
internal static class Grids
{
    private static readonly string[] Numbers = ["一", "二", "三", "四"];

    public static List<Grid> Lay(IReadOnlyList<Settlement> settlements, Geometry county)
    {
        var cells = Voronoi.Cells([.. settlements.Select(s => s.Site)]);
        var grids = new List<Grid>();
        for (var i = 0; i < settlements.Count; i++)
        {
            var community = settlements[i].Village;
            if (community.Parent != "140427100" || !community.Name.EndsWith("社区", StringComparison.Ordinal))
            {
                continue;
            }

            var sites = Spread(community.Code, cells[i].Intersection(county));
            for (var n = 0; n < sites.Length; n++)
            {
                grids.Add(new Grid(
                    new Site($"{community.Code}{n + 1:00}", Plane.ToDegrees(sites[n])), $"第{Numbers[n]}网格", $"Grid {n + 1}"));
            }
        }

        return grids;
    }

    /// <summary>From north to south.</summary>
    private static Coordinate[] Spread(string code, Geometry cell)
    {
        var dice = new Dice(ulong.Parse(code, CultureInfo.InvariantCulture));
        var sites = new Coordinate[code.EndsWith('3') ? 3 : 4];
        for (var n = 0; n < sites.Length; n++)
        {
            do
            {
                var box = cell.EnvelopeInternal;
                sites[n] = new Coordinate(box.MinX + dice.Next() * box.Width, box.MinY + dice.Next() * box.Height);
            }
            while (!cell.Contains(new Point(sites[n])));
        }

        Voronoi.Relax([], sites, cell, rounds: 12);
        return [.. sites.OrderByDescending(s => s.Y)];
    }
}
