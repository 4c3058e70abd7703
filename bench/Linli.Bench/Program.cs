using System.Globalization;
using Linli.Bench;
using Linli.Bench.Locate;
using Linli.Bench.Open311;
using Linli.Bench.Twins;

// Each bench prints ratios against a reference that runs on the same machine in the same run, and fails when a target is missed.
int? size = null;
Dictionary<string, Func<Task<bool>>> benches = new()
{
    ["audit"] = () => AuditBench.RunAsync(size ?? 1_000_000),
    ["clocks"] = () => Task.FromResult(ClocksBench.Run()),
    ["due"] = () => DueBench.RunAsync(size ?? 5_000_000),
    ["ledgers"] = () => LedgersBench.RunAsync(size ?? 100_000),
    ["locate"] = LocateBench.RunAsync,
    ["open311"] = () => Open311Bench.RunAsync(size ?? 100_000),
    ["places"] = PlacesBench.RunAsync,
    ["routing"] = () => Task.FromResult(RoutingBench.Run()),
    ["twins"] = () => TwinsBench.RunAsync(size ?? 1_000_000),
};

#if DEBUG
Console.WriteLine("Built without optimisation: the figures mean nothing. Run it with: dotnet run -c Release --project bench/Linli.Bench -- clocks");
#endif

var asked = args.ToList();
if (asked.IndexOf("--size") is >= 0 and var at)
{
    if (at + 1 >= asked.Count || !int.TryParse(asked[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) || given < 1_000)
    {
        Console.Error.WriteLine("--size is how many clocks (due), requests (twins, open311, ledgers) or entries (audit) the large store holds: 1000 or more. Without it 5000000, 1000000, 100000, 100000 and 1000000, which takes a few minutes and 4 GB in the temporary folder.");
        return 2;
    }

    size = given;
    asked.RemoveRange(at, 2);
}

if (asked.FirstOrDefault(a => !benches.ContainsKey(a)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench \"{unknown}\". There are: {string.Join(", ", benches.Keys)}.");
    return 2;
}

var met = true;
foreach (var name in asked.Count == 0 ? [.. benches.Keys] : asked)
{
    met &= await benches[name]();
}

return met ? 0 : 1;
