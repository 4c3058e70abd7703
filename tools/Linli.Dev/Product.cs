using System.Diagnostics;

namespace Linli.Dev;

/// <summary>Builds the front end and the server, each only when its sources changed.</summary>
internal sealed class Product(Repository repository)
{
    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Packages.props", "global.json", "Directory.Build.targets", "web/package-lock.json"];

    public async Task BuildAsync()
    {
        await BundleAsync();
        await BuildServerAsync();
    }

    public async Task BundleAsync()
    {
        if (!File.Exists(Path.Combine(repository.Web, "package.json")))
        {
            return;
        }

        var sources = new Fingerprint(repository, "web", "web");
        if (!sources.Changed && Directory.Exists(Path.Combine(repository.Server, "wwwroot", "dist")))
        {
            return;
        }

        await InstallFrontEndPackagesAsync();
        Console.WriteLine("Bundling the front end …");
        await Run.MustAsync(repository.Web, "npm", "run", "--silent", "build");
        new Fingerprint(repository, "web", "web").Keep();
    }

    public Task InstallFrontEndPackagesAsync() => InstallPackagesAsync("web", "npm", "the front end's packages");

    private async Task InstallPackagesAsync(string folder, string stamp, string what)
    {
        RequireNode();
        var packages = new Fingerprint(repository, stamp, $"{folder}/package.json", $"{folder}/package-lock.json");
        var there = new DirectoryInfo(repository.At(folder, "node_modules"));   // empty where an installation was broken off
        if (packages.Changed || !there.Exists || !there.EnumerateFileSystemInfos().Any())
        {
            Console.WriteLine($"Fetching {what} …");
            await Run.MustAsync(repository.At(folder), "npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error");
            packages.Keep();
        }
    }

    /// <summary>Everything, with the tests.</summary>
    public async Task BuildAllAsync()
    {
        await BundleAsync();
        await InstallPackagesAsync("tests/smtp", "npm-smtp", "the mail server of the tests");
        await InstallPackagesAsync("tests/ical", "npm-ical", "the calendar reader of the tests");
        await InstallPackagesAsync("tests/s3", "npm-s3", "the S3 server of the tests");
        await InstallPackagesAsync("tests/open311", "npm-open311", "the Open311 client of the tests");
        await BuildAsync("Linli.slnx", "all", "everything", ["src", "data", "tests", "tools", "bench", "Linli.slnx"]);
    }

    private async Task BuildServerAsync() => await BuildAsync(repository.Server, "server", "the server", ["src", "data"]);

    private async Task BuildAsync(string project, string stamp, string what, string[] sources)
    {
        if (!new Fingerprint(repository, stamp, [.. Shared, .. sources]).Changed && File.Exists(repository.ServerDll))
        {
            return;
        }

        Console.WriteLine($"Building {what} …");
        var clock = Stopwatch.StartNew();
        await Run.MustAsync(repository.Root, "dotnet", "build", project, "--nologo", "-v", "quiet", "-clp:NoSummary", "-p:RunAnalyzers=false");
        Console.WriteLine($"Built {what} in {clock.Elapsed.TotalSeconds:F0} s.");
        new Fingerprint(repository, stamp, [.. Shared, .. sources]).Keep();
    }

    private static void RequireNode()
    {
        if (!Run.Exists("node") || !Run.Exists("npm"))
        {
            throw new Stop("""
                Node.js is missing; it bundles the pages' styles and scripts.
                Install version 20 or newer: https://nodejs.org, or on Debian and Ubuntu `apt-get install nodejs npm`.
                Then run the same command again.
                """);
        }
    }
}
