using System.Globalization;
using System.Text.Json;
using Linli.HuguanAreas;
using NetTopologySuite.Geometries;

if (args is not [var from, var to])
{
    Console.Error.WriteLine("""
        Usage: dotnet run --project tools/huguan-areas -- SOURCES data/areas
        SOURCES has divisions-2023.csv, huguan-points.csv and shanxi-counties-2016.gcj02.geojson; see data/areas/README.md.
        """);
    return 1;
}

var rows2023 = Csv(Path.Combine(from, "divisions-2023.csv")).Select(r => new[] { r[0], r[1], r[2], r[3] }).ToList();
var rows2016 = Csv(Path.Combine(from, "huguan-points.csv")).ToList();
var points = Csv(Path.Combine(AppContext.BaseDirectory, "points-2016.csv"))
    .Select(r => new Point2016(r[0], r[1], r[2], Number(r[3]), Number(r[4]))).ToList();

var towns = Divisions.Towns(rows2023);
var villages = Divisions.Villages(rows2023, rows2016, points);
var outline = Outline(Path.Combine(from, "shanxi-counties-2016.gcj02.geojson"));
var inMetres = new Polygon(new LinearRing([.. outline.Coordinates.Select(c => Plane.ToMetres(c.X, c.Y))]));
var settlements = Settlements.Settle(villages, points, inMetres);
var sites = settlements.Select(s => new Site(s.Village.Code, Plane.ToDegrees(s.Site))).ToList();
var grids = Grids.Lay(settlements, inMetres);
var cells = Mosaic.Cut(outline, sites, [.. grids.Select(g => g.Site)]);
foreach (var town in towns)
{
    cells[town.Code] = Mosaic.Join(sites.Where(s => s.Code.StartsWith(town.Code, StringComparison.Ordinal)).Select(s => cells[s.Code]));
}

cells[Divisions.County] = Mosaic.Join(sites.Select(s => cells[s.Code]));
Output.WriteCsv(Path.Combine(to, "huguan.csv"), towns, settlements, grids, points);
Output.WriteGeoJson(Path.Combine(to, "huguan.geojson"), cells);
foreach (var (code, cell) in cells.Where(c => c.Value is not Polygon))
{
    Console.WriteLine($"{code}: {cell.NumGeometries} parts");
}

Console.WriteLine($"{towns.Count} towns, {villages.Count} villages, {grids.Count} grids.");
return 0;

static IEnumerable<string[]> Csv(string path) => File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','));

static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

static Polygon Outline(string path)
{
    using var file = JsonDocument.Parse(File.ReadAllBytes(path));
    var county = file.RootElement.GetProperty("features").EnumerateArray()
        .Single(f => f.GetProperty("properties").GetProperty("code").GetString() == Divisions.County).GetProperty("geometry");
    var ring = county.GetProperty("coordinates")[0].EnumerateArray().Select(p => Plane.Wgs84OfGcj02(p[0].GetDouble(), p[1].GetDouble()))
        .Select(p => new Coordinate(p.Longitude, p.Latitude));
    return new Polygon(new LinearRing([.. ring]));
}
