using System.CommandLine;
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

    private static readonly Option<bool> AcceptOverlaps = new("--accept-overlaps") { Description = Terminal.T["允许同级区域重叠，重叠处归代码小的"] };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = Terminal.T["只看会导入什么，不写数据库"] };

    private static readonly Option<FileInfo> Points = new("--points")
    {
        Description = Terminal.T["含 lon、lat 两列的 CSV 文件"], HelpName = "FILE.csv", Required = true,
    };

    private const int MostFindings = 100;

    public static Command Create()
    {
        var import = new Command("import", Terminal.T["导入或更新区域，可重复运行"]) { Table, Boundaries, System, AcceptOverlaps, DryRun };
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
        var done = await services.GetRequiredService<ImportAreas>().ImportAsync(new AreaFiles(csv, geoJson, asked.GetValue(System), asked.GetValue(AcceptOverlaps), asked.GetValue(DryRun)), Actor.System, cancellation);
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
        foreach (var finding in result.Findings.Take(MostFindings))
        {
            Terminal.Complain(finding.Message, finding.Values);
        }

        if (result.Findings.Count > MostFindings)
        {
            Terminal.Complain("边界问题还有 {0} 处没有列出。", result.Findings.Count - MostFindings);
        }

        Warn("这些边界没有对应的区域：{0}", result.Unmatched);
        Warn("这些区域的点位不在自己的边界内：{0}", result.Astray);
        if (asked.GetValue(DryRun))
        {
            Terminal.Say("这是试运行，什么也没有写。");
        }

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
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        var done = await LocatePoints.RunAsync(map, stream, system, output, cancellation);
        if (!done.Succeeded)
        {
            var problem = ((Failure.Invalid)done.Failure).Problems[0];
            Terminal.Complain("{0}：{1}", file.FullName, Terminal.T[problem.Message, problem.Values]);
            return 1;
        }

        var counted = done.Value;
        Terminal.Complain("共 {0} 个点：{1} 个不在任何区域内，{2} 个没有可用的坐标。", counted.Points, counted.Outside, counted.Unread + counted.Swapped);
        if (counted.FirstUnread is { } unread)
        {
            Terminal.Complain("{0} 行读不出经纬度，例如第 {1} 行。", counted.Unread, unread);
        }

        if (counted.FirstSwapped is { } swapped)
        {
            Terminal.Complain("{0} 行的经纬度好像写反了，例如第 {1} 行：应先经度（lon），再纬度（lat）。", counted.Swapped, swapped);
        }

        return 0;
    }
}
