using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Output;
using Linli.Shell.Ledgers.Running;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Bench;

/// <summary>
/// A ledger of twelve columns over many requests, to XLSX: as it streams, and sorted, which holds the lines. The reference compresses the same
/// cells into a zip without reading or asking anything; SQLite, in this process.
/// </summary>
internal static class LedgersBench
{
    private static readonly string[] Columns = ["number", "title", "type", "group", "town", "village", "state", "lead", "reportedAt", "nextDueAt", "supporters", "isLate"];

    public static async Task<bool> RunAsync(int size)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ledgers, SQLite, {size:N0} requests, {Columns.Length} columns"));
        await using var town = await Town.FoundAsync();
        await FillAsync(town, size);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
        var definition = new LedgerDefinition { Source = "requests", Name = "全部诉求", Columns = [.. Columns.Select(c => new LedgerColumnSpec(c))] };
        await WriteAsync(town, definition with { Columns = [.. definition.Columns.Take(2)], Filters = new Dictionary<string, string> { ["words"] = "没有这个词" } });   // compiled and warm
        var reference = Reference(size);
        var streamed = await WriteAsync(town, definition);
        var sorted = await WriteAsync(town, definition with { Sort = [new LedgerSort("town"), new LedgerSort("reportedAt", true)] });
        var form = await WriteAsync(town, definition with { GroupBy = ["town"], OnlyTotals = true, GrandTotal = true, Columns = [new LedgerColumnSpec("town"), new LedgerColumnSpec("number", Total: TotalKind.Count), new LedgerColumnSpec("isLate", Total: TotalKind.Share)] });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  reference: the cells alone, compressed   {reference.TotalSeconds,6:F2} s"));
        Show("streamed", streamed, reference, size);
        Show("sorted by two columns", sorted, reference, size);
        Show("form of totals", form, reference, size);
        return Measure.Target("under 15 s and under 200 MB more than before", streamed.Time.TotalSeconds < 15 && sorted.Time.TotalSeconds < 15 && streamed.Megabytes < 200 && sorted.Megabytes < 200);
    }

    private static void Show(string what, (TimeSpan Time, double Megabytes) run, TimeSpan reference, int size) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {what,-26} {run.Time.TotalSeconds,6:F2} s {size / run.Time.TotalSeconds,10:N0} rows/s {run.Megabytes,6:F0} MB more at the peak   {run.Time / reference,5:F1} x the reference"));

    /// <summary>One request reported as people do, and copies of it spread over areas, types and days.</summary>
    private static async Task FillAsync(Town town, int size)
    {
        using var visitor = await town.HttpAsync();
        await visitor.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "小区的楼道灯坏了，晚上看不见路，老人下楼摔了一跤", place = new { area = "140427100001" }, idempotencyKey = Guid.NewGuid().ToString("N") });
        await town.ReadAsync(async db =>
        {
            var columns = (await db.Database.SqlQueryRaw<string>("select name as Value from pragma_table_info('requests_service_request')").ToListAsync())
                .Select(c => (Name: c, Value: c switch
                {
                    "Id" => "upper(substr(hex(randomblob(16)), 1, 8) || '-0000-7000-8000-' || printf('%012x', i))",
                    "Number" => "printf('%06d-%06d', 260101 + i % 28, i)",
                    "IdempotencyHash" or "SecretHash" => "printf('%064x', i)",
                    "AreaCode" => "case i % 3 when 0 then '140427100001' when 1 then '140427101' else '140427203' end",
                    "ReportedAt" => "strftime('%Y-%m-%dT%H:%M:%S.0000000Z', '2026-01-01', (i % 86400) || ' seconds', (i % 28) || ' days')",
                    "NextDueAt" => "strftime('%Y-%m-%dT%H:%M:%S.0000000Z', '2026-02-20', (i % 30) || ' days')",
                    _ => $"\"{c}\"",
                })).ToList();
            await db.Database.ExecuteSqlRawAsync($$"""
                with recursive n(i) as (select 1 union all select i + 1 from n where i < {{size - 1}})
                insert into requests_service_request ({{string.Join(',', columns.Select(c => $"\"{c.Name}\""))}})
                select {{string.Join(',', columns.Select(c => c.Value))}} from n, (select * from requests_service_request limit 1)
                """.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            return 0;
        });
    }

    private static async Task<(TimeSpan Time, double Megabytes)> WriteAsync(Town town, LedgerDefinition definition)
    {
        await using var scope = town.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var id = await services.GetRequiredService<LinliDb>().Set<Account>().Where(a => a.UserName == "duban").Select(a => a.Id).SingleAsync();
        var reader = (await services.GetRequiredService<LoadActor>().FindAsync(id, null, CancellationToken.None))!.Actor;
        var plan = (await services.GetRequiredService<PlanLedger>().HandleAsync(definition, new LedgerOccasion(reader, town.Clock.Now, new DateOnly(2026, 3, 2)), CancellationToken.None)).Value;
        var path = Path.GetTempFileName();
        try
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
            using var process = Process.GetCurrentProcess();
            var (before, peak, watch) = (process.WorkingSet64, 0L, Stopwatch.StartNew());
            await using (var stream = File.Create(path))
            await using (var output = new XlsxOutput(stream, definition.OnlyTotals))
            {
                var run = await services.GetRequiredService<RunLedger>().HandleAsync(plan, output, _ =>
                {
                    process.Refresh();
                    peak = Math.Max(peak, process.WorkingSet64);
                    return Task.CompletedTask;
                }, CancellationToken.None);
                _ = run.Value;
            }

            process.Refresh();
            return (watch.Elapsed, (Math.Max(peak, process.WorkingSet64) - before) / 1e6);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TimeSpan Reference(int size)
    {
        var watch = Stopwatch.StartNew();
        using var package = new ZipArchive(new MemoryStream(), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry("sheet", CompressionLevel.Fastest).Open(), Encoding.UTF8);
        for (var i = 0; i < size; i++)
        {
            for (var column = 0; column < Columns.Length; column++)
            {
                writer.Write($"<c r=\"A{i}\" s=\"6\" t=\"inlineStr\"><is><t>小区的楼道灯坏了 {i}</t></is></c>");
            }
        }

        return watch.Elapsed;
    }
}
