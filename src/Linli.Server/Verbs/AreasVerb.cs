using System.CommandLine;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;

namespace Linli.Server.Verbs;

/// <summary>linli areas import, linli areas locate.</summary>
internal static class AreasVerb
{
    internal static readonly Option<CoordinateSystem> System = new("--system")
    {
        Description = Terminal.T["坐标系：wgs84（默认）、gcj02（微信、高德、腾讯）或 bd09（百度）"], DefaultValueFactory = _ => CoordinateSystem.Wgs84,
    };

    private static readonly Argument<FileInfo> Table = new("FILE.csv") { Description = "code,parent,level,name,name_en,lon,lat,demo,source" };

    private static readonly Option<FileInfo?> Boundaries = new("--boundaries")
    {
        Description = Terminal.T["区域边界的 GeoJSON 文件；不写则边界不变"], HelpName = "FILE.geojson",
    };

    private static readonly Option<FileInfo> Points = new("--points")
    {
        Description = Terminal.T["含 lon、lat 两列的 CSV 文件"], HelpName = "FILE.csv", Required = true,
    };

    public static Command Create()
    {
        var import = new Command("import", Terminal.T["导入或更新区域，可重复运行"]) { Table, Boundaries, System };
        import.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => ImportAsync(asked, services, c), cancellation));
        var locate = new Command("locate", Terminal.T["给每个坐标点加上所在区域的代码和名称，结果写到标准输出"]) { Points, System };
        locate.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => LocateAsync(asked, services, c), cancellation));
        return new Command("areas", Terminal.T["区域：导入、查找坐标所在区域"]) { import, locate };
    }

    private static async Task<int> ImportAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellation)
    {
        var (table, boundaries) = (asked.GetRequiredValue(Table), asked.GetValue(Boundaries));
        if (new[] { table, boundaries }.FirstOrDefault(f => f is { Exists: false }) is { } missing)
        {
            Terminal.Complain("没有文件 {0}。", missing.FullName);
            return 1;
        }

        await using var csv = table.OpenRead();
        await using var geoJson = boundaries?.OpenRead();
        var done = await services.GetRequiredService<ImportAreas>().ImportAsync(new AreaFiles(csv, geoJson, asked.GetValue(System)), Actor.System, cancellation);
        if (!done.Succeeded)
        {
            foreach (var problem in ((Failure.Invalid)done.Failure).Problems)
            {
                Terminal.Complain(problem.Message, problem.Values);
            }

            Terminal.Complain("没有导入任何区域。请改正后重新运行。");
            return 1;
        }

        var result = done.Value;
        Terminal.Say("新增 {0} 个区域，更新 {1} 个，终止 {2} 个，未变 {3} 个。", result.Added, result.Changed, result.Ended, result.Unchanged);
        Warn("这些边界没有对应的区域：{0}", result.Unmatched);
        Warn("这些区域的点位不在自己的边界内：{0}", result.Astray);
        return 0;
    }

    private static void Warn(string key, IReadOnlyList<string> codes)
    {
        if (codes.Count > 0)
        {
            Terminal.Complain(key, string.Join(' ', codes.Take(20)) + (codes.Count > 20 ? $" … ({codes.Count})" : ""));
        }
    }

    private static async Task<int> LocateAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellation)
    {
        var (file, system) = (asked.GetRequiredValue(Points), asked.GetValue(System));
        if (!file.Exists)
        {
            Terminal.Complain("没有文件 {0}。", file.FullName);
            return 1;
        }

        var map = await services.GetRequiredService<AreaMaps>().CurrentAsync(cancellation);
        await using var stream = file.OpenRead();
        if (CsvTable.Read(stream) is not { } table || !HasColumn(table.Columns, "lon") || !HasColumn(table.Columns, "lat"))
        {
            Terminal.Complain("文件 {0} 的首行应有 lon 和 lat 两列。", file.FullName);
            return 1;
        }

        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        await output.WriteLineAsync(CsvTable.Line([.. table.Columns, "code", "name"]));
        var (count, outside, unread) = (0, 0, 0);
        foreach (var row in table.Records)
        {
            var point = PointOf(row);
            var found = point is null ? null : Coordinates.ToWgs84(point.Value, system) is var at ? map.Locate(at.Longitude, at.Latitude) : null;
            await output.WriteLineAsync(CsvTable.Line([.. table.Columns.Select((_, i) => i < row.Cells.Count ? row.Cells[i] : ""), found?.Code ?? "", found?.FullName ?? ""]));
            count++;
            outside += point is not null && found is null ? 1 : 0;
            unread += point is null ? 1 : 0;
        }

        await output.FlushAsync(cancellation);
        Terminal.Complain("共 {0} 个点：{1} 个不在任何区域内，{2} 个没有可用的坐标。", count, outside, unread);
        return 0;
    }

    private static bool HasColumn(IEnumerable<string> columns, string name) => columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static GeoPoint? PointOf(CsvRecord row) =>
        double.TryParse(row["lon"], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
        && double.TryParse(row["lat"], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) ? new GeoPoint(longitude, latitude) : null;
}
