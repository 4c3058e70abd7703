using System.Net;
using System.Net.Sockets;
using Linli.Database;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>What an operator can get wrong is said in a sentence, with exit code 1 and without a stack trace.</summary>
[Trait("Only", "sqlite")] // nothing here depends on the engine of the store
public sealed class StartRefusalTests
{
    [Fact]
    public async Task An_import_into_a_folder_that_is_not_there_makes_none()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"linli-none-{Guid.NewGuid():N}");

        var (exitCode, _, error) = await CommandLine.RunAsync(null, "import", "requests", "export.csv", "--mapping", "timeline", "--data", folder);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"There is no data folder {folder}", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task An_import_with_rows_that_were_not_taken_does_not_end_with_zero()
    {
        await using var town = await Town.FoundAsync();
        var folder = Directory.CreateTempSubdirectory("linli-import-");
        var file = Path.Combine(folder.FullName, "export.csv");
        await File.WriteAllTextAsync(file, "id,title,detail,created,likes\n1,Lamp,The lamp is out,not a time,0\n");

        var (exitCode, output, error) = await CommandLine.RunAsync(town.Store, "import", "requests", file, "--mapping", "timeline");

        Assert.True(exitCode == 2, output + error);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "export.rejected.csv")));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    public async Task A_taken_port_is_named_before_anything_is_done(string verb)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var store = await TestStores.EmptyAsync();

        var error = await RefusedAsync(store, verb, "--urls", $"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}");

        Assert.StartsWith("Another program already listens on http://localhost:", error, StringComparison.Ordinal);
        Assert.False(File.Exists(store.Data.Database));
        await TestStores.DropAsync(store);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("http://localhost:5311x")]
    [InlineData("https://localhost:8443")]
    public async Task An_address_that_is_none_is_refused(string address)
    {
        var store = await TestStores.EmptyAsync();

        Assert.Contains($"'{address}', cannot be read", await RefusedAsync(store, "serve", "--urls", address), StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var file = Path.GetTempFileName();

        Assert.StartsWith($"Linli cannot write in the data folder {file}", await RefusedAsync(null, "serve", "--data", file), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("""{ "Mail": { "Port": "many" } }""", "'many'")]
    [InlineData("""{ "Evidence": { "MaxPixels": "lots" } }""", "'lots'")]
    [InlineData("""{ "Background": { "Enabled": "perhaps" } }""", "'perhaps'")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Loud" } } }""", "'Loud'")]
    public async Task A_setting_with_an_impossible_value_is_named(string settings, string value)
    {
        var store = await TestStores.EmptyAsync();
        await File.WriteAllTextAsync(store.Data.Settings, settings);

        var error = await RefusedAsync(store, "serve", "--urls", "http://localhost:0");

        Assert.StartsWith("A setting has a value that it cannot have", error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }

    [Fact]
    public async Task A_settings_file_that_is_not_JSON_is_named()
    {
        var store = await TestStores.EmptyAsync();
        await File.WriteAllTextAsync(store.Data.Settings, "{ no");

        Assert.Contains(store.Data.Settings, await RefusedAsync(store, "serve"), StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=linli;Username=linli", "PostgreSQL does not answer")]
    [InlineData("Host", "connection string cannot be read")]
    public async Task A_PostgreSQL_that_cannot_be_reached_is_said(string connection, string words)
    {
        var store = await TestStores.EmptyAsync();

        foreach (var verb in (string[])["serve", "migrate"])
        {
            Assert.Contains(words, await RefusedAsync(store with { Store = new Store(Store.Postgres, connection) }, verb), StringComparison.Ordinal);
        }

        await TestStores.DropAsync(store);
    }

    [Fact]
    public async Task A_database_file_that_is_none_is_said()
    {
        var store = await TestStores.EmptyAsync();
        await File.WriteAllTextAsync(store.Data.Database, new string('x', 10_000));

        Assert.Contains("not an intact database", await RefusedAsync(store with { Store = Store.OfFile(store.Data.Database) }, "serve"), StringComparison.Ordinal);
        await TestStores.DropAsync(store);
    }

    private static async Task<string> RefusedAsync(TestStore? store, params string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(store, arguments);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return error;
    }
}
