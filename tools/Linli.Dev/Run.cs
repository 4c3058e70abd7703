using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Linli.Dev;

/// <summary>Starts other programs.</summary>
internal static class Run
{
    /// <summary>The program talks to the terminal itself; returns its exit code.</summary>
    public static async Task<int> ShowAsync(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(folder, program, arguments, environment, capture: false);
        using var interrupted = Forward(process, PosixSignal.SIGINT, send: null);
        using var terminated = Forward(process, PosixSignal.SIGTERM, send: 15);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>As <see cref="ShowAsync"/>, and anything but success ends the verb.</summary>
    public static async Task MustAsync(string folder, string program, params string[] arguments)
    {
        var code = await ShowAsync(folder, program, arguments);
        if (code != 0)
        {
            throw new Stop($"`{program} {string.Join(' ', arguments)}` failed (exit code {code}); its messages are above.", code);
        }
    }

    /// <summary>Exit code and everything it said, both streams in one.</summary>
    /// <param name="waitForPipes">False for a program that leaves a server behind, which inherits the pipes and never closes them.</param>
    /// <param name="cancellation">Ends the program and all that it started.</param>
    public static async Task<(int ExitCode, string Output)> CaptureAsync(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null,
        bool waitForPipes = true, CancellationToken cancellation = default)
    {
        using var process = Start(folder, program, arguments, environment, capture: true);
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (waitForPipes)
            {
                await process.WaitForExitAsync(cancellation);
            }
            else
            {
                while (!process.WaitForExit(TimeSpan.Zero))
                {
                    await Task.Delay(20, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        lock (said)
        {
            return (process.ExitCode, said.ToString());
        }
    }

    private static void Keep(StringBuilder said, string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }

    /// <summary>Whether such a program can be started at all.</summary>
    public static bool Exists(string program)
    {
        var endings = OperatingSystem.IsWindows() ? (string[])[".exe", ".cmd", ""] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }

    private static Process Start(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, bool capture)
    {
        // npm is a script on Windows, which only its shell can start.
        var start = OperatingSystem.IsWindows() && program == "npm"
            ? new ProcessStartInfo("cmd", ["/c", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (folder, capture, capture);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new Stop($"{program} did not start.");
    }

    /// <summary>The terminal sends Ctrl+C to both of us; other signals reach only this process and are handed on.</summary>
    private static PosixSignalRegistration Forward(Process process, PosixSignal signal, int? send) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (send is { } number && !OperatingSystem.IsWindows())
            {
                _ = Kill(process.Id, number);
            }
        });

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
