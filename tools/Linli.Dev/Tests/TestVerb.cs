using System.Diagnostics;

namespace Linli.Dev.Tests;

/// <summary>test: every test of the product, on SQLite and on PostgreSQL. Ends with the line "N passed, N failed".</summary>
internal sealed class TestVerb(Repository repository, Options options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);

    public async Task<int> RunAsync()
    {
        var noSkip = options.Flag("--no-skip") | Environment.GetEnvironmentVariable("CI") is "true" or "1";
        var (onlySqlite, onlyPostgres) = (options.Flag("--sqlite"), options.Flag("--postgres"));
        var wanted = new TestFilter(options.Value("--filter"), options.Value("--project"));
        options.NothingElse();

        using var stop = new StopSignal();
        var result = new TestResult();
        try
        {
            await Machine.PrepareAsync(needsPostgres: !onlySqlite);
            await new Product(repository).BuildAllAsync();
            result = await RunSuitesAsync(wanted, onlySqlite, onlyPostgres, stop.Token);
        }
        catch (Stop failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            result.Fail("The tests could not be run", failure.Message.Split('\n')[0]);
        }

        return result.Report(noSkip);
    }

    private async Task<TestResult> RunSuitesAsync(TestFilter wanted, bool onlySqlite, bool onlyPostgres, CancellationToken cancellation)
    {
        var result = new TestResult();
        await using var postgres = onlySqlite ? null : await PostgresCluster.StartAsync();
        var suites = Suite.All(repository).Where(wanted.Takes).ToList();
        var runs = new List<SuiteRun>();
        if (!onlyPostgres)
        {
            runs.AddRange(suites.Select(s => new SuiteRun(s, s.UsesStore ? "sqlite" : null, null)));
        }

        if (postgres is not null)
        {
            runs.AddRange(suites.Where(s => s.UsesStore).Select(s => new SuiteRun(s, "postgres", postgres.Connection)));
        }
        else if (!onlySqlite)
        {
            result.Skip("every test on PostgreSQL", $"no PostgreSQL server was found. {PostgresCluster.HowToInstall}");
        }

        // The slowest first: the last one to end decides when all have ended.
        runs = [.. runs.OrderByDescending(r => r.Suite.Weight)];
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4) },
            async (run, _) => result.Add(await run.RunAsync(repository, wanted, limit.Token)));
        Console.WriteLine($"All suites together: {clock.Elapsed.TotalSeconds:F0} s");
        return result;
    }
}

/// <summary>What to run when it is not everything.</summary>
/// <param name="Text">Part of a test's full name.</param>
/// <param name="Project">Part of a test project's name.</param>
internal sealed record TestFilter(string? Text, string? Project)
{
    public bool Takes(Suite suite) => Project is null || suite.Name.Contains(Project, StringComparison.OrdinalIgnoreCase);

    public IEnumerable<string> Arguments => Text is null ? [] : ["-method", $"*{Text}*"];
}
