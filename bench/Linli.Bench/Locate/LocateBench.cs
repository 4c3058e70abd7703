using System.Diagnostics;
using System.Globalization;
using Linli.Kernel.Areas;
using Linli.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Linli.Bench.Locate;

/// <summary>
/// Where a million random points lie, among 3 000 and among 50 000 cells with borders of about 100 vertices, against PostGIS with a
/// GiST index in the same run; and whether both say the same of every point that is not exactly on a border.
/// </summary>
internal static class LocateBench
{
    private const int Points = 1_000_000, Vertices = 100, Rounds = 4;
    private const long FirstCode = 140_000_000_000;

    public static async Task<bool> RunAsync()
    {
        if (Environment.GetEnvironmentVariable("LINLI_BENCH_PG") is not { Length: > 0 } connection)
        {
            Console.Error.WriteLine("locate is measured against PostGIS, which `dotnet dev.cs -- bench locate` starts. Or set LINLI_BENCH_PG to a connection string of a server that has it.");
            return false;
        }

        // As large as a city and as a province.
        return await MeasureAsync(connection, 3_000, new Envelope(112.5, 114, 35.5, 36.8)) & await MeasureAsync(connection, 50_000, new Envelope(110.2, 114.6, 34.6, 40.7));
    }

    private static async Task<bool> MeasureAsync(string connection, int count, Envelope box)
    {
        var cells = VoronoiCells.Make(count, box, Vertices, seed: 4);
        var areas = AreasOf(cells);
        var points = RandomPoints(cells);
        Show($"locate, {cells.Count:N0} cells of {cells.Average(c => c.NumPoints):F0} vertices on average, {Points:N0} points, one core");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var map = AreaMap.Build(areas);
        map.Locate(0, 0);
        var build = Stopwatch.GetElapsedTime(start);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        // Before and after the reference, so that whatever else the machine does slows both.
        var found = new AreaNode?[Points];
        var rate = Best(map, points, found);
        await using var reference = await PostGis.FillAsync(connection, areas, points);
        var byPoint = await reference.JoinAsync(PostGis.PointByPoint, Points);
        var byCell = await reference.JoinAsync(PostGis.CellByCell, Points);
        rate = Math.Max(rate, Best(map, points, found));
        var (different, onBorder) = Compare(map, cells, points, found, byPoint.Cells);

        Show($"  PostGIS, one process, GiST on the cells        {byPoint.Rate,11:N0} points/s  1.0 x (reference; index built in {reference.Indexing.TotalSeconds:F2} s)");
        Show($"  PostGIS, GiST on the points too, cell by cell  {byCell.Rate,11:N0} points/s  {byCell.Rate / byPoint.Rate:F1} x");
        Show($"  AreaMap.Locate, point by point                 {rate,11:N0} points/s  {rate / byPoint.Rate:F0} x");
        Show($"  built in {build.TotalSeconds:F2} s, {memory / 1e6:F0} MB; {found.Count(f => f is null):N0} points outside of all cells, {onBorder} exactly on a border");
        return Measure.Target("at least 100 times PostGIS", rate >= 100 * byPoint.Rate) & Measure.Target($"every answer is PostGIS's ({different} are not)", different == 0);
    }

    private static List<Area> AreasOf(List<Polygon> cells)
    {
        var writer = new WKBWriter();
        return [.. cells.Select((cell, i) => new Area
        {
            Code = (FirstCode + i).ToString(CultureInfo.InvariantCulture), Level = AreaLevel.Village, Name = $"{i}", FullName = $"{i}", Boundary = writer.Write(cell),
        })];
    }

    private static GeoPoint[] RandomPoints(List<Polygon> cells)
    {
        var box = cells.Aggregate(new Envelope(), (all, cell) => all.ExpandedBy(cell.EnvelopeInternal));
        var random = new Random(5311);
        return [.. Enumerable.Range(0, Points).Select(_ => new GeoPoint(box.MinX + random.NextDouble() * box.Width, box.MinY + random.NextDouble() * box.Height))];
    }

    /// <returns>Points a second.</returns>
    private static double Best(AreaMap map, GeoPoint[] points, AreaNode?[] found)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < points.Length; i++)
            {
                found[i] = map.Locate(points[i].Longitude, points[i].Latitude);
            }

            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return points.Length / best.TotalSeconds;
    }

    private static (int Different, int OnBorder) Compare(AreaMap map, List<Polygon> cells, GeoPoint[] points, AreaNode?[] found, int[] reference)
    {
        var (different, onBorder) = (0, 0);
        for (var i = 0; i < points.Length; i++)
        {
            var cell = found[i] is { } area ? (int)(long.Parse(area.Code, CultureInfo.InvariantCulture) - FirstCode) : -1;
            if (cell != reference[i])
            {
                // For PostGIS a border is in neither of its cells.
                var isOnBorder = cell >= 0 && reference[i] < 0 && cells[cell].Boundary.Intersects(new Point(points[i].Longitude, points[i].Latitude));
                onBorder += isOnBorder ? 1 : 0;
                different += isOnBorder ? 0 : 1;
            }
        }

        return (different, onBorder);
    }

    private static void Show(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
