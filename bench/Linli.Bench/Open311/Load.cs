using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Linli.Bench.Open311;

/// <summary>What a load brought: answers a second, and how long 95 of 100 took at most.</summary>
internal sealed record Load(double PerSecond, double Milliseconds95, int Refused)
{
    /// <summary>wrk calls over 64 connections from one thread: it is written in C and leaves the machine to what is measured.</summary>
    public static async Task<Load> RunAsync(string address, string script, string folder, int seconds)
    {
        var file = Path.Combine(folder, "load.lua");
        await File.WriteAllTextAsync(file, script + """

            function done(summary, latency, requests)
              io.write(string.format("result %.1f %.3f %d\n", summary.requests / (summary.duration / 1000000), latency:percentile(95) / 1000,
                summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
            end
            """);
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c64", $"-d{seconds}s", "--timeout", "10s", "-s", file, address]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("wrk does not start.");
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var result = Regex.Match(said, "^result (?<rate>[0-9.]+) (?<late>[0-9.]+) (?<refused>[0-9]+)", RegexOptions.Multiline);
        return result.Success
            ? new Load(Number(result.Groups["rate"]), Number(result.Groups["late"]), (int)Number(result.Groups["refused"]))
            : throw new InvalidOperationException($"wrk said: {said}");
    }

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);
}
