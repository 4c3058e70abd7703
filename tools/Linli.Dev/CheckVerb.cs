using Linli.Dev.Supply;
using Linli.Dev.Tests;

namespace Linli.Dev;

/// <summary>check: all that must hold before a change goes in. Migrations are checked by a test.</summary>
internal sealed class CheckVerb(Repository repository, Options options)
{
    public async Task<int> RunAsync()
    {
        options.NothingElse();
        var product = new Product(repository);
        await product.InstallFrontEndPackagesAsync();
        var wrong = new List<string>();
        await CheckAsync("build with all analysers", "dotnet", ["build", "Linli.slnx", "--nologo", "-v", "quiet", "-clp:NoSummary"], repository.Root);
        await CheckAsync("format", "dotnet", ["format", "Linli.slnx", "--verify-no-changes", "--no-restore", "--exclude", "src/Linli.Database/Migrations/"], repository.Root);
        await CheckAsync("types of the front end", "npm", ["run", "--silent", "check"], repository.Web);
        Console.WriteLine("Checking known weaknesses of packages …");
        if (AdvisoriesVerb.Report(await new AdvisoriesVerb(repository, options).AskAsync()) != 0)
        {
            wrong.Add("known weaknesses of packages");
        }

        var tests = await new TestVerb(repository, options).RunAsync();
        if (wrong.Count > 0)
        {
            Console.WriteLine($"Not in order: {string.Join(", ", wrong)}; the messages are above.");
        }

        return wrong.Count > 0 ? 1 : tests;

        async Task CheckAsync(string what, string program, string[] arguments, string folder)
        {
            Console.WriteLine($"Checking {what} …");
            if (await Run.ShowAsync(folder, program, arguments) != 0)
            {
                wrong.Add(what);
            }
        }
    }
}
