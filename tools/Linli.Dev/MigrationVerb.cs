namespace Linli.Dev;

/// <summary>migration NAME: one migration for each of the two databases. What has landed is never made anew: stores in the field know it by name.</summary>
internal sealed class MigrationVerb(Repository repository, Options options)
{
    private static readonly (string Context, string Folder)[] Databases = [("SqliteLinliDb", "Sqlite"), ("PostgresLinliDb", "Postgres")];

    public async Task<int> RunAsync()
    {
        var name = options.Word() ?? throw new Stop("Say `migration NAME`, in words that say what changed: `migration InstalledCalendars`.");
        options.NothingElse();

        await Run.MustAsync(repository.Root, "dotnet", "tool", "restore", "--verbosity", "quiet");
        await Run.MustAsync(repository.Root, "dotnet", "build", "tools/Linli.Migrations", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false");
        foreach (var (context, folder) in Databases)
        {
            await Run.MustAsync(repository.Root, "dotnet", "ef", "migrations", "add", name, "--no-build",
                "--project", "src/Linli.Database", "--startup-project", "tools/Linli.Migrations",
                "--context", context, "--output-dir", $"Migrations/{folder}");
        }

        return 0;
    }
}
