namespace Linli.Dev.Supply;

/// <summary>advisories: asks the registries whether they know a weakness of any locked package. A registry that does not answer is said, and fails nothing.</summary>
internal sealed class AdvisoriesVerb(Repository repository, Options options)
{
    public async Task<int> RunAsync()
    {
        options.NothingElse();
        return Report(await AskAsync());
    }

    public async Task<Advisories> AskAsync()
    {
        var (exitCode, restore) = await Run.CaptureAsync(repository.Root, "dotnet",
            ["restore", "Linli.slnx", "--force", "-p:NuGetAudit=true", "-p:NuGetAuditMode=all", "-p:NuGetAuditLevel=low", "-p:WarningsNotAsErrors=NU1900"]);
        var known = Advisories.OfNuGet(restore, exitCode);
        // An old client stays as it was published: that it works is what it is there for.
        const string kept = "tests/open311";
        foreach (var folder in Directory.EnumerateDirectories(repository.At("tests")).Select(f => $"tests/{Path.GetFileName(f)}").Prepend("web").Where(f => f != kept && File.Exists(repository.At(f, "package-lock.json"))))
        {
            known += Advisories.OfNpm((await Run.CaptureAsync(repository.At(folder), "npm", ["audit", "--json"])).Output, folder);
        }

        return known;
    }

    public static int Report(Advisories known)
    {
        foreach (var registry in known.Silent)
        {
            Console.WriteLine($"{registry} could not be asked about known weaknesses.");
        }

        foreach (var finding in known.Findings)
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine(known.Findings.Count == 0 ? "No registry that answered knows a weakness of the packages in use." : $"{known.Findings.Count} known weaknesses: take newer versions.");
        return known.Findings.Count == 0 ? 0 : 1;
    }
}
