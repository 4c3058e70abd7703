using Linli.Bench;

// Each bench prints ratios against a reference that runs on the same machine in the same run, and fails when a target is missed.
Dictionary<string, Func<bool>> benches = new() { ["clocks"] = ClocksBench.Run };

#if DEBUG
Console.WriteLine("Built without optimisation: the figures mean nothing. Run it with: dotnet run -c Release --project bench/Linli.Bench -- clocks");
#endif

var asked = args.Length == 0 ? [.. benches.Keys] : args;
if (asked.FirstOrDefault(a => !benches.ContainsKey(a)) is { } unknown)
{
    Console.Error.WriteLine($"There is no bench \"{unknown}\". There are: {string.Join(", ", benches.Keys)}.");
    return 2;
}

var met = true;
foreach (var name in asked)
{
    met &= benches[name]();
}

return met ? 0 : 1;
