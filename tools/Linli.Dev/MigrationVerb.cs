namespace Linli.Dev;

/// <summary>migration NAME, migration --renew: one migration for each of the two databases.</summary>
internal sealed class MigrationVerb(Repository repository, Options options)
{
    private static readonly (string Context, string Folder)[] Databases = [("SqliteLinliDb", "Sqlite"), ("PostgresLinliDb", "Postgres")];

    private string Migrations => repository.At("src", "Linli.Database", "Migrations");

    public async Task<int> RunAsync()
    {
        var renew = options.Flag("--renew");
        var name = options.Word();
        options.NothingElse();
        if (renew == (name is not null))
        {
            throw new Stop("Say `migration NAME`, or `migration --renew` as long as nothing has been released.");
        }

        if (renew)
        {
            RefuseAfterRelease();
            if (Directory.Exists(Migrations))
            {
                Directory.Delete(Migrations, recursive: true);
            }
        }

        await Run.MustAsync(repository.Root, "dotnet", "tool", "restore", "--verbosity", "quiet");
        await Run.MustAsync(repository.Root, "dotnet", "build", "tools/Linli.Migrations", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false");
        foreach (var (context, folder) in Databases)
        {
            await Run.MustAsync(repository.Root, "dotnet", "ef", "migrations", "add", name ?? "Initial", "--no-build",
                "--project", "src/Linli.Database", "--startup-project", "tools/Linli.Migrations",
                "--context", context, "--output-dir", $"Migrations/{folder}");
        }

        return 0;
    }

    /// <summary>Stores in the field know the migrations by name: a released one is never made anew.</summary>
    private void RefuseAfterRelease()
    {
        var folder = Path.Combine(Migrations, "Sqlite");
        if (Directory.Exists(folder) && Directory.GetFiles(folder, "*.Designer.cs") is { Length: > 1 } several)
        {
            throw new Stop($"There are {several.Length} migrations already: add one with `migration NAME`. --renew is for the time before the first release.");
        }
    }
}
