using System.Diagnostics;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>Runs the program itself, as an operator would.</summary>
internal static class CommandLine
{
    /// <param name="store">Whose data folder and database; null gives it none.</param>
    /// <param name="arguments">After the program's name.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(TestStore? store, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Modules).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["LANG"] = "en_GB.UTF-8";
        if (store is not null)
        {
            start.Environment["LINLI__DATA"] = store.Data.Path;
            start.Environment["LINLI__DATABASE__PROVIDER"] = store.Store.Provider;
            start.Environment["LINLI__DATABASE__CONNECTION"] = store.Store.Connection;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
