namespace Linli.Dev;

/// <summary>bench NAME: one measurement of the bench project, in an optimised build.</summary>
internal sealed class BenchVerb(Repository repository, Options options)
{
    public async Task<int> RunAsync()
    {
        var project = repository.At("bench", "Linli.Bench");
        if (!Directory.Exists(project))
        {
            throw new Stop("There is nothing to measure yet: bench/Linli.Bench does not exist.");
        }

        return await Run.ShowAsync(repository.Root, "dotnet", ["run", "--project", project, "-c", "Release", "--", .. options.Rest]);
    }
}
