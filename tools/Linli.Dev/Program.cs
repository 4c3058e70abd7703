using Linli.Dev;
using Linli.Dev.Supply;
using Linli.Dev.Tests;

// dev.cs hands over the root of the repository as the first argument.
var repository = new Repository(args[0]);
var options = new Options(args.Skip(2));
try
{
    return args.ElementAtOrDefault(1) switch
    {
        "demo" => await new ServeVerb(repository, options, "demo").RunAsync(),
        "run" => await new ServeVerb(repository, options, "serve").RunAsync(),
        "test" => await new TestVerb(repository, options).RunAsync(),
        "check" => await new CheckVerb(repository, options).RunAsync(),
        "migration" => await new MigrationVerb(repository, options).RunAsync(),
        "sbom" => new SbomVerb(repository, options).Run(),
        "advisories" => await new AdvisoriesVerb(repository, options).RunAsync(),
        "bench" => await new BenchVerb(repository, options).RunAsync(),
        null or "help" or "--help" or "-h" => Usage(),
        var unknown => throw new Stop($"There is no verb '{unknown}'. `dotnet dev.cs` lists them."),
    };
}
catch (Stop stop)
{
    await Console.Error.WriteLineAsync(stop.Message);
    return stop.ExitCode;
}

static int Usage()
{
    Console.WriteLine("""
        dotnet dev.cs VERB

          demo       builds everything, founds the demo county and serves it on http://localhost:5311
          run        the same with a store of your own and nothing founded in it
                       --port N  --data FOLDER  --fresh (throws the store away first)
          test       every test on SQLite and on PostgreSQL
                       --no-skip (a skipped test fails)  --sqlite | --postgres  --project TEXT  --filter TEXT
          check      test, format, types of the front end, migrations, known weaknesses of packages
          migration  NAME adds a migration for both databases
          sbom       writes what Linli is made of to artifacts/sbom.json (CycloneDX), or to a FILE
          advisories asks NuGet and npm whether they know a weakness of a package in use
          bench      NAME measures; without a name everything. `locate` is held against PostGIS, which is installed where that may be
        """);
    return 0;
}
