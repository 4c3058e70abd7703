using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace Linli.HuguanAreas;

internal static class Output
{
    private const string CountySource = "点与边界：Vonng/adcode 2016（CC BY 4.0），由 GCJ-02 换算";
    private const string DemoCell = "演示边界：由村级点位生成的泰森多边形，非官方界线 (demo boundary, not official)";

    public static void WriteCsv(string path, IReadOnlyList<Division> towns, IReadOnlyList<Settlement> settlements, IReadOnlyList<Grid> grids, IReadOnlyList<Point2016> points)
    {
        var lines = new List<string> { "code,parent,level,name,name_en,lon,lat,demo,source" };
        lines.Add(Row(Divisions.County, "", "county", "壶关县", "Huguan County", At(points, Divisions.County), false, CountySource));
        foreach (var town in towns)
        {
            var (at, source) = TownPoint(town, points, settlements);
            lines.Add(Row(town.Code, town.Parent, "town", town.Name, town.NameEn, at, town.Code == Divisions.Zone, source));
        }

        lines.AddRange(settlements.Select(s => Row(
            s.Village.Code, s.Village.Parent, "village", s.Village.Name, s.Village.NameEn, Plane.ToDegrees(s.Site), s.IsDemo, s.Source)));
        lines.AddRange(grids.Select(g => Row(g.Site.Code, g.Site.Code[..12], "grid", g.Name, g.NameEn, g.Site.At, true, "演示网格")));
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    public static void WriteGeoJson(string path, IReadOnlyDictionary<string, Geometry> cells)
    {
        var features = cells.OrderBy(c => c.Key.Length).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c =>
        {
            var isDemo = c.Key.Length > 6;
            return $$"""{"type":"Feature","properties":{"code":"{{c.Key}}","demo":{{(isDemo ? "true" : "false")}},"note":"{{(isDemo ? DemoCell : CountySource)}}"},"geometry":{{Shape(c.Value)}}}""";
        });
        File.WriteAllText(path, $$"""
            {"type":"FeatureCollection","name":"huguan","license":"CC BY 4.0","attribution":"Vonng/adcode 2016; National Bureau of Statistics of China 2023","features":[
            {{string.Join(",\n", features)}}
            ]}

            """);
    }

    private static (Coordinate At, string Source) TownPoint(Division town, IReadOnlyList<Point2016> points, IReadOnlyList<Settlement> settlements)
    {
        if (town.Code == Divisions.Zone)
        {
            return (Plane.ToDegrees(settlements.Single(s => s.Village.Parent == Divisions.Zone).Site), "点为演示用：与开发区社区同点");
        }

        var before = points.Where(p => p.Code.Length == 9 && p.Now == town.Code).ToList();
        var seat = town.Name == "大峡谷镇" ? before.Single(p => p.Name == "桥上乡") : before.MinBy(p => p.Code, StringComparer.Ordinal)!;
        var changed = before.Count > 1 || seat.Name != town.Name
            ? $"；区划已变，2016 年为{string.Join('、', before.Select(p => p.Name))}，此点属{seat.Name}（{seat.Code}）"
            : "";
        return (At(points, seat.Code), $"点：Vonng/adcode 2016（CC BY 4.0），由 GCJ-02 换算{changed}");
    }

    private static Coordinate At(IReadOnlyList<Point2016> points, string code)
    {
        var point = points.Single(p => p.Code == code);
        var position = Plane.Wgs84OfGcj02(point.Longitude!.Value, point.Latitude!.Value);
        return new Coordinate(position.Longitude, position.Latitude);
    }

    private static string Row(string code, string parent, string level, string name, string nameEn, Coordinate at, bool isDemo, string source) =>
        string.Create(CultureInfo.InvariantCulture, $"{code},{parent},{level},{name},{nameEn},{at.X:F6},{at.Y:F6},{(isDemo ? "true" : "false")},{source}");

    private static string Shape(Geometry cell) => cell is Polygon one
        ? $$"""{"type":"Polygon","coordinates":{{Rings(one)}}}"""
        : $$"""{"type":"MultiPolygon","coordinates":[{{string.Join(',', ((MultiPolygon)cell).Geometries.Cast<Polygon>().Select(Rings))}}]}""";

    private static string Rings(Polygon polygon) =>
        $"[{string.Join(',', new[] { polygon.Shell }.Concat(polygon.Holes).Select(Ring))}]";

    /// <summary>RFC 7946: shells counter-clockwise, holes clockwise; <c>Normalized</c> gives the opposite.</summary>
    private static string Ring(LinearRing ring)
    {
        var text = new StringBuilder("[");
        foreach (var at in ring.Coordinates.Reverse())
        {
            text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"[{at.X:0.######},{at.Y:0.######}]");
        }

        return text.Append(']').ToString();
    }
}
