using System.Diagnostics;
using Linli.Testing;

namespace Linli.Bench.Open311;

/// <summary>The product as it is served, in a process of its own, with its background work: founded as the demo county.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const string Address = "http://localhost:5312";

    /// <summary>Built along with this; there, and not beside this, are its settings and pages.</summary>
    private static readonly string Program = Repository.At("src", "Linli.Server", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "linli.dll");
    private readonly Dictionary<string, string> _settings;
    private readonly Process _process;

    private Served(Dictionary<string, string> settings, Process process) => (_settings, _process) = (settings, process);

    public static async Task<Served> StartAsync(string folder, string? postgres)
    {
        // One machine calls in the place of thousands: how often one address may call is not what is measured.
        var settings = new Dictionary<string, string> { ["LINLI__DATA"] = folder, ["LINLI__LIMITS__ENABLED"] = "false", ["LINLI__FLOOD__ENABLED"] = "false" };
        if (postgres is not null)
        {
            (settings["LINLI__DATABASE__PROVIDER"], settings["LINLI__DATABASE__CONNECTION"]) = ("postgres", postgres);
        }

        using (var migrate = Start(settings, "migrate"))
        {
            await migrate.StandardOutput.ReadToEndAsync();   // PostgreSQL's schema is only changed by who says so
            await migrate.WaitForExitAsync();
        }

        var served = new Served(settings, Start(settings, "demo", "--urls", Address));
        using var http = new HttpClient();
        for (var left = 1_200; left > 0 && !served._process.HasExited; left--)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Address}/health/ready"));
                if (answer.IsSuccessStatusCode)
                {
                    return served;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(500);
        }

        throw new InvalidOperationException("The server does not answer.");
    }

    /// <summary>A key for another organisation's program, with the highest rate there is.</summary>
    public async Task<string> IssueKeyAsync(string name)
    {
        using var issue = Start(_settings, "clients", "issue", name, "--rate", "60000");
        var said = await issue.StandardOutput.ReadToEndAsync();
        await issue.WaitForExitAsync();
        return said.Trim().Split('\n')[^1].Trim() is { Length: > 20 } key && issue.ExitCode == 0 ? key : throw new InvalidOperationException($"No key: {said}");
    }

    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(Dictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("linli does not start.");
        if (arguments[0] == "demo")
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();   // read, so that it does not wait for a reader
        }

        return process;
    }
}
