using System.Diagnostics;
using System.Text.Json;
using Linli.Requests.Tests.Loop;
using Linli.Testing;

namespace Linli.Requests.Tests.Open311;

/// <summary>A client that others wrote for GeoReport v2 (tests/open311) works against the running server as it was published.</summary>
public sealed class ClientLibraryTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    public async Task A_library_of_others_discovers_reports_and_follows(string format)
    {
        var folder = Repository.At("tests", "open311");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "Run npm ci in tests/open311, or `dotnet dev.cs test`, which does.");
        await using var town = await LoopTown.FoundAsync(options: new TownOptions { RealPort = true });
        await town.Town.StartAsync();
        var key = await GeoTown.IssueAsync(town, GeoTown.Input("Riders' app"));
        using var process = Process.Start(new ProcessStartInfo("node", ["--no-deprecation", "client.mjs", town.Town.Address, key, format])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (said, complaint) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaint);

        var understood = JsonDocument.Parse(await said).RootElement;
        Assert.EndsWith("/open311/v2", understood.GetProperty("discovery").GetProperty("endpoints")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.True(understood.GetProperty("services").GetArrayLength() > 100);
        Assert.Contains("fault", understood.GetProperty("definition").GetRawText(), StringComparison.Ordinal);
        var number = understood.GetProperty("sent").GetProperty("service_request_id").GetString();
        var one = understood.GetProperty("one");
        Assert.Equal(number, one.GetProperty("service_request_id").GetString());
        Assert.Equal("路灯不亮，三天了 🚲", one.GetProperty("description").GetString());
        Assert.Equal("卫生站对面 & <桥头>", one.GetProperty("address").GetString());
        Assert.Equal(number, understood.GetProperty("several")[0].GetProperty("service_request_id").GetString());
        Assert.Equal(1, understood.GetProperty("open").GetArrayLength());
        Assert.Equal(understood.GetProperty("moderated").GetProperty("token").GetString(), understood.GetProperty("waiting").GetProperty("token").GetString());
        Assert.Contains("400", understood.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"fault":"dark","pole":"CN-017"}""", (await town.LoadAsync(number!)).Answers);
    }
}
