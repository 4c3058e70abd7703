using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Linli.Bench.Open311;

/// <summary>
/// Reports and reads by Open311 GeoReport v2 over HTTP, 64 connections, with a hundred thousand requests in the store; on SQLite and (with LINLI_BENCH_PG)
/// PostgreSQL. The product runs as it is served, with its background work, and everything shares one machine with the load. The reference is one durable row at a time.
/// </summary>
internal static class Open311Bench
{
    private const int Seconds = 15;
    private const int Keys = 16;   // of which each may call a thousand times a second
    private const int Different = 1_000;
    private const string Database = "linli_bench_open311";

    public static async Task<bool> RunAsync(int size)
    {
        var met = await MeasureAsync("SQLite", size, null);
        if (Environment.GetEnvironmentVariable("LINLI_BENCH_PG") is not { } server)
        {
            Console.WriteLine("open311, PostgreSQL: left out (dotnet dev.cs bench open311 starts one).");
            return met;
        }

        await using (var admin = NpgsqlDataSource.Create($"{server};Database=postgres"))
        {
            await admin.CreateCommand($"drop database if exists {Database}").ExecuteNonQueryAsync();
            await admin.CreateCommand($"create database {Database}").ExecuteNonQueryAsync();
        }

        return await MeasureAsync("PostgreSQL", size, $"{server};Database={Database}") && met;
    }

    private static async Task<bool> MeasureAsync(string engine, int size, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("linli-bench-").FullName;
        try
        {
            await using var served = await Served.StartAsync(folder, postgres);
            var keys = new List<string>();
            for (var i = 0; i < Keys; i++)
            {
                keys.Add(await served.IssueKeyAsync($"bench {i}"));
            }

            await FillAsync(served, keys, folder, size);
            if (postgres is not null)
            {
                await using var filled = NpgsqlDataSource.Create(postgres);
                await filled.CreateCommand("analyze").ExecuteNonQueryAsync();   // as PostgreSQL does by itself within minutes; tables do not grow a thousandfold in one
            }

            var reference = postgres is null ? await OneRow.SqliteAsync(folder) : await OneRow.PostgresAsync(postgres);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"open311, {engine}, {size:N0} requests, 64 connections; one durable row at a time: {reference:N0} a second"));

            var numbers = await NumbersAsync();
            var post = await ShowAsync("a report (POST)", "/open311/v2/requests.json", PostScript(keys, "m"), folder, reference);
            var list = await ShowAsync("a list of 50", "", ListScript(), folder, reference);
            var one = await ShowAsync("one request", "", OneScript(numbers), folder, reference);
            await ShowAsync("… one, never asked for before", "", FreshScript(numbers), folder, reference);
            return Measure.Target("a report at 30 % of one row at a time or more", post.PerSecond >= 0.3 * reference)
                & Measure.Target("3 000 reports a second", post.PerSecond >= 3_000) & Measure.Target("95 of 100 reports in 30 ms", post.Milliseconds95 <= 30)
                & Measure.Target("4 000 lists of 50 a second", list.PerSecond >= 4_000) & Measure.Target("one request 10 000 times a second", one.PerSecond >= 10_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Load> ShowAsync(string what, string path, string script, string folder, double reference)
    {
        var load = await Load.RunAsync($"{Served.Address}{path}", script, folder, Seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-30} {load.PerSecond,8:N0} a second   {load.PerSecond / reference,6:F2} x   95 of 100 in {load.Milliseconds95,7:F1} ms{(load.Refused > 0 ? $"   {load.Refused:N0} REFUSED" : "")}"));
        return load;
    }

    /// <summary>By the same way in, so that everything is there that belongs to a request; it warms up what is measured, too.</summary>
    private static async Task FillAsync(Served served, List<string> keys, string folder, int size)
    {
        var (written, before) = (0.0, served.ProcessorTime);
        for (var round = 0; written < size; round++)
        {
            var load = await Load.RunAsync($"{Served.Address}/open311/v2/requests.json", PostScript(keys, $"f{round}"), folder, Seconds);
            if (load.Refused > 0)
            {
                throw new InvalidOperationException($"{load.Refused} reports were refused.");
            }

            written += load.PerSecond * Seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filling: {written:N0}, {load.PerSecond:N0} a second"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filled with {written:N0}, {(served.ProcessorTime - before).TotalMicroseconds / written:F0} µs of processor time each"));
    }

    private static async Task<List<string>> NumbersAsync()
    {
        using var http = new HttpClient();
        var numbers = new List<string>();
        for (var page = 1; numbers.Count < Different; page++)
        {
            await using var answer = await http.GetStreamAsync(new Uri($"{Served.Address}/open311/v2/requests.json?page_size=500&page={page}"));
            using var list = await JsonDocument.ParseAsync(answer);
            numbers.AddRange(list.RootElement.EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!));
        }

        return numbers;
    }

    private static string PostScript(List<string> keys, string run) => $$"""
        local n = 0
        local keys = { {{string.Join(", ", keys.Select(k => $"\"{k}\""))}} }
        local stamp = os.time() .. "{{run}}"
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
        function request()
          n = n + 1
          return wrk.format(nil, nil, nil, string.format("api_key=%s&service_code=road-flooding&lat=36.08%03d&long=113.19%03d&description=%s%%20%s-%d",
            keys[n % #keys + 1], n % 900 + 100, n * 7 % 900 + 100, "%E5%8D%97%E9%97%A8%E5%A4%96%E7%9A%84%E8%B7%AF%E8%A2%AB%E6%B0%B4%E6%B7%B9%E4%BA%86%EF%BC%8C%E8%BF%87%E4%B8%8D%E5%8E%BB%E3%80%82", stamp, n))
        end
        """;

    /// <summary>Twenty different lists, as twenty apps would ask.</summary>
    private static string ListScript() => """
        local n = 0
        function request()
          n = n + 1
          return wrk.format("GET", "/open311/v2/requests.json?page_size=50&page=" .. (n % 20 + 1))
        end
        """;

    private static string OneScript(List<string> numbers) => $$"""
        local n = 0
        local numbers = { {{string.Join(", ", numbers.Select(k => $"\"{k}\""))}} }
        function request()
          n = n + 1
          return wrk.format("GET", "/open311/v2/requests/" .. numbers[n % #numbers + 1] .. ".json")
        end
        """;

    /// <summary>Each address once: nothing that is kept helps.</summary>
    private static string FreshScript(List<string> numbers) => OneScript(numbers).Replace(".json\")", ".json?nobody=\" .. n)", StringComparison.Ordinal);
}
