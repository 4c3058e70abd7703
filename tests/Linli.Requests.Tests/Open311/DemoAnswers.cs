using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Requests.Demo;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Clients;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Open311;

/// <summary>The demo county with some weeks of requests behind it, and its Open311 endpoint.</summary>
public sealed partial class DemoAnswers : IAsyncLifetime
{
    private const int Requests = 30;

    /// <summary>The posts of the tests' county begin on <see cref="TestClock.MondayMorning"/>, and the play begins two months back.</summary>
    private static readonly DateTimeOffset Now = TestClock.MondayMorning.AddDays(62);

    private Town _town = null!;

    internal Visitor Client { get; private set; } = null!;

    internal string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var clock = new SimulatedClock(Now);
        _town = await Town.FoundAsync(new TownOptions { Adjust = builder => builder.Services.AddSingleton<TimeProvider>(clock) });
        await PlayDemo.RunAsync(_town.Services, clock, ShippedData.Folder("demo"), Now, null, CancellationToken.None, Requests);
        Key = await _town.InScopeAsync(async (IssueKey keys) => (await keys.HandleAsync(Kernel.People.Actor.System, GeoTown.Input("Riders' app"), default)).Value.Key);
        Client = await _town.HttpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _town.DisposeAsync();
    }

    internal async Task<Answer> GetAsync(string path, string language = "zh-CN")
    {
        Client.Language = language;
        return await Client.GetAsync(path);
    }

    /// <summary>What is drawn by lot is the same each time afterwards: numbers, ids, tokens.</summary>
    internal static string Settled(string text)
    {
        var seen = new Dictionary<string, string>();
        string Nth(string found, Func<int, string> name) => seen.TryGetValue(found, out var known) ? known : seen[found] = name(seen.Count + 1);
        text = Number().Replace(text, m => Nth(m.Value, n => $"{m.Value[..7]}{n:D6}"));
        return Id().Replace(text, m => Nth(m.Value, n => $"00000000-0000-0000-0000-{n:D12}"));
    }

    [GeneratedRegex("\\d{6}-\\d{6}")]
    private static partial Regex Number();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")]
    private static partial Regex Id();
}
