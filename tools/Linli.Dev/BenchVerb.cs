using Linli.Dev.Tests;

namespace Linli.Dev;

/// <summary>bench NAME: one measurement of the bench project, in an optimised build; with PostgreSQL for those that are held against it.</summary>
internal sealed class BenchVerb(Repository repository, Options options)
{
    /// <summary>Benches that measure PostgreSQL or against it, and Debian's packages of what it needs besides the server; {0} is its major version.</summary>
    private static readonly Dictionary<string, string[]> Reference = new()
    {
        ["audit"] = [],
        ["open311"] = ["wrk"],
        ["locate"] = ["postgresql-{0}-postgis-3"],
        ["twins"] = [],   // pg_trgm comes with the server
    };

    public async Task<int> RunAsync()
    {
        var project = repository.At("bench", "Linli.Bench");
        if (!Directory.Exists(project))
        {
            throw new Stop("There is nothing to measure yet: bench/Linli.Bench does not exist.");
        }

        // Without a name everything is measured.
        var names = options.Rest.Count == 0 ? [.. Reference.Keys] : options.Rest.Where(Reference.ContainsKey).ToList();
        await using var postgres = names.Count == 0 ? null : await ReferenceAsync([.. names.SelectMany(n => Reference[n])]);
        var environment = postgres is null ? null : new Dictionary<string, string> { ["LINLI_BENCH_PG"] = postgres.Connection };
        return await Run.ShowAsync(repository.Root, "dotnet", ["run", "--project", project, "-c", "Release", "--", .. options.Rest], environment);
    }

    private static async Task<PostgresCluster> ReferenceAsync(string[] packages)
    {
        await Machine.PrepareForBenchAsync(packages);
        return await PostgresCluster.StartAsync("-c shared_buffers=1GB -c work_mem=256MB -c maintenance_work_mem=512MB")
            ?? throw new Stop($"This measures against PostgreSQL, and there is none. {PostgresCluster.HowToInstall}");
    }
}
