using System.Globalization;
using NetTopologySuite.Geometries;

namespace Linli.HuguanAreas;

/// <summary>A village with its point in metres of the <see cref="Plane"/>.</summary>
/// <param name="Source">Where the point comes from, as shown to readers.</param>
internal sealed record Settlement(Division Village, Coordinate Site, bool IsDemo, string Source);

/// <summary>
/// Gives every village a point: the real one of 2016 where there is one, the town's own point for the village that is the
/// town's seat, and otherwise an invented one inside the township of 2016, denser towards the seat. Always the same ones.
/// </summary>
internal static class Settlements
{
    // The wards of the county town as their names say: metres east and north of the town government. Invented.
    private static readonly Dictionary<string, (double East, double North)> CountyTown = new()
    {
        ["东街"] = (620, -60), ["西街"] = (-640, 20), ["北街"] = (-60, 760), ["南关"] = (60, -620),
        ["城南"] = (-420, -1180), ["城北"] = (180, 1500), ["新南"] = (640, -1240), ["南园"] = (1180, -620), ["北河"] = (-760, 900),
    };

    private static readonly Dictionary<string, string> SeatOf = new()
    {
        ["140427101"] = "百尺", ["140427102"] = "店上", ["140427103"] = "晋庄", ["140427104"] = "树掌", ["140427200"] = "集店", ["140427201"] = "黄山",
        ["140427202"] = "东井岭", ["140427203"] = "石坡", ["140427204"] = "五龙头", ["140427205"] = "鹅屋", ["140427206"] = "桥上",
    };

    public static List<Settlement> Settle(IReadOnlyList<Division> villages, IReadOnlyList<Point2016> points, Geometry county)
    {
        var townships = points.Where(p => p.Code.Length == 9).ToList();
        var seats = townships.ToDictionary(t => t.Code, t => SeatPoint(t, points));
        var cells = Voronoi.Cells([.. townships.Select(t => seats[t.Code])]);
        var settled = new List<Settlement>();
        for (var i = 0; i < townships.Count; i++)
        {
            var township = townships[i];
            var own = villages.Where(v => v.Township2016 == township.Code).ToList();
            var given = own.Select(v => Given(v, township, seats[township.Code], points)).OfType<Settlement>().ToList();
            var others = own.Where(v => given.All(g => g.Village != v)).ToList();
            var within = cells[i].Intersection(county).Buffer(-150); // nobody lives on the border
            var dice = new Dice(ulong.Parse(township.Code, CultureInfo.InvariantCulture));
            var sites = Scatter(others.Count, seats[township.Code], within, dice);
            Voronoi.Relax([.. given.Select(g => g.Site)], sites, within, rounds: 3);
            settled.AddRange(given);
            settled.AddRange(Naming.Assign(others, sites, seats[township.Code])
                .Select(n => new Settlement(n.Village, n.Site, true, $"点为演示用：在原{township.Name}范围内随机生成")));
        }

        return [.. settled.OrderBy(s => s.Village.Code, StringComparer.Ordinal)];
    }

    /// <summary>Changping has no point of its own: half-way between its two villages that have one.</summary>
    public static Coordinate SeatPoint(Point2016 township, IReadOnlyList<Point2016> points)
    {
        var known = township.Longitude is null ? points.Where(p => p.Code.Length == 12 && p.Code.StartsWith(township.Code, StringComparison.Ordinal)) : [township];
        var places = known.Select(p => Plane.ToMetres(Plane.Wgs84OfGcj02(p.Longitude!.Value, p.Latitude!.Value))).ToList();
        return new Coordinate(places.Average(p => p.X), places.Average(p => p.Y));
    }

    private static Settlement? Given(Division village, Point2016 township, Coordinate seat, IReadOnlyList<Point2016> points)
    {
        if (points.FirstOrDefault(p => p.Now == village.Code && p.Longitude is not null) is { } real)
        {
            var changed = real.Code[..9] == village.Parent ? "" : $"；2016 年属{township.Name}（{real.Code}），区划已变";
            return new Settlement(village, Plane.ToMetres(Plane.Wgs84OfGcj02(real.Longitude!.Value, real.Latitude!.Value)), false, $"点：Vonng/adcode 2016{changed}");
        }

        if (village.Parent == Divisions.Zone)
        {
            return new Settlement(village, seat, true, $"点为演示用：放在原{township.Name}范围内");
        }

        if (SeatOf.GetValueOrDefault(township.Code) == village.Stem)
        {
            return new Settlement(village, seat, true, $"点为演示用：取原{township.Name}驻地（Vonng/adcode 2016）");
        }

        return village.Parent == "140427100" && CountyTown.TryGetValue(village.Stem, out var offset)
            ? new Settlement(village, new Coordinate(seat.X + offset.East, seat.Y + offset.North), true, "点为演示用：按街区名称的方位放置")
            : null;
    }

    private static Coordinate[] Scatter(int count, Coordinate seat, Geometry within, Dice dice)
    {
        var box = within.EnvelopeInternal;
        var sites = new List<Coordinate>();
        while (sites.Count < count)
        {
            var site = new Coordinate(box.MinX + dice.Next() * box.Width, box.MinY + dice.Next() * box.Height);
            var density = 0.25 + 0.75 * Math.Exp(-site.Distance(seat) / 3_000);
            if (dice.Next() < density && within.Contains(new Point(site)) && sites.All(s => s.Distance(site) > 250))
            {
                sites.Add(site);
            }
        }

        return [.. sites];
    }
}
