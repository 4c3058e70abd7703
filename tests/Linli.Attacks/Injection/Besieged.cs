using Linli.Requests.Tests.Loop;
using Linli.Testing;

namespace Linli.Attacks.Injection;

/// <summary>A town for a class that attacks it, with a request in it that nobody means.</summary>
public sealed class Besieged : IAsyncLifetime
{
    /// <summary>Nobody writes these while they only handle requests, calendars, people and themselves.</summary>
    private static readonly string[] Untouched = ["kernel_area", "kernel_named_place", "requests_service_type", "requests_service_group", "requests_reason_code", "requests_responsibility", "requests_routing_model", "kernel_known_key"];

    private IReadOnlyDictionary<string, string> _before = new Dictionary<string, string>();
    private string _number = "";
    private string _bystander = "";

    internal LoopTown Loop { get; private set; } = null!;

    internal Crowd Crowd { get; private set; } = null!;

    internal Stage Stage { get; private set; } = null!;

    public Town Town => Loop.Town;

    public async ValueTask InitializeAsync()
    {
        (Loop, Crowd) = await Crowd.FoundAsync();
        await Loop.ChangeTypeAsync("suggestion", type => type.VerificationShare = 1);   // what is drawn for verification is drawn at random otherwise
        _number = (await Loop.ReportAsync()).Number;
        Stage = new Stage(Loop, Crowd, _number);
        var bystander = await Way.Of("reopening").ReadyAsync(Loop);   // closed: what a changed calendar moves are open clocks
        _bystander = (await Loop.LoadAsync(bystander)).Id.ToString();
        await Loop.DeliverAsync();
        _before = await Town.ContentAsync();
    }

    internal Barrage Barrage() => new(Loop, _number);

    /// <summary>What belongs to the request that nobody meant, to other people and to the county says what it said before, and nothing has gone.</summary>
    internal async Task NothingElseHappenedAsync()
    {
        var changes = _before.ChangesTo(await Town.ContentAsync());

        Assert.True(!changes.Any(IsNotMeant), string.Join('\n', changes.Where(IsNotMeant).Take(10)));
    }

    private bool IsNotMeant(string change)
    {
        var (what, table) = (change.Split(' ')[0], change.Split(' ')[1]);
        return Untouched.Contains(table) || change.Contains(_bystander, StringComparison.OrdinalIgnoreCase)
            || (what == "removed" && !table.StartsWith("shell_", StringComparison.Ordinal))
            || (what == "changed" && table == "shell_account" && !Crowd.Spare.Any(login => change.Contains($"UserName={login}", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        Crowd.Dispose();
        await Loop.DisposeAsync();
    }
}
