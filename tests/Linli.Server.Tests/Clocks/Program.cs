using System.Diagnostics;

namespace Linli.Server.Tests.Clocks;

/// <summary>The program as a person starts it, in English.</summary>
internal static class Program
{
    public static async Task<(int Code, string Output, string Error)> LinliAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "linli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["LANG"] = "en_GB.UTF-8", ["LC_ALL"] = "en_GB.UTF-8" },
        };
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }
}
