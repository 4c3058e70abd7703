using Linli.Database;
using Linli.Server.Tests.Stores;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_names_every_verb()
    {
        var (exitCode, output, _) = await CommandLine.RunAsync(null, "--help");

        Assert.Equal(0, exitCode);
        Assert.All(["serve", "demo", "migrate", "import", "areas", "--data", "--urls"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_understood_is_said_and_nothing_is_done()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(null, "sevre");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("sevre", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_makes_the_tables_once()
    {
        var store = await TestStores.EmptyAsync();

        var first = await CommandLine.RunAsync(store, "migrate");
        var second = await CommandLine.RunAsync(store, "migrate");

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("migrations done", first.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Contains("up to date", second.Output, StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_in_one_sentence()
    {
        await using var today = await Town.EmptyAsync();
        await using var later = Town.On(today.Store, LaterVersion.Options, keepsStore: true);
        await later.InScopeAsync((Schema schema) => schema.MigrateAsync(CancellationToken.None));

        foreach (var verb in (string[])["serve", "migrate"])
        {
            var (exitCode, _, error) = await CommandLine.RunAsync(today.Store, verb);

            Assert.Equal(1, exitCode);
            Assert.StartsWith("A newer Linli wrote this database", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_database_is_refused_with_the_names_of_the_known_ones()
    {
        var store = await TestStores.EmptyAsync();

        var (exitCode, _, error) = await CommandLine.RunAsync(store with { Store = new Store("oracle", "x") }, "migrate");

        Assert.Equal(1, exitCode);
        Assert.Contains("'oracle' is not known. Set Database:Provider to sqlite or postgres", error, StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }
}
