using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Linli.Dev;

/// <summary>demo and run: build what changed, then serve.</summary>
internal sealed class ServeVerb(Repository repository, Options options, string verb)
{
    private const int UsualPort = 5311;

    public async Task<int> RunAsync()
    {
        var port = Port(options.Value("--port"));
        var data = Path.GetFullPath(options.Value("--data") ?? repository.At(".linli", verb == "demo" ? "demo" : "run"));
        var fresh = options.Flag("--fresh");
        options.NothingElse();
        RequireFree(port);
        await new Product(repository).BuildAsync();
        if (fresh)
        {
            ThrowAway(data);
        }

        return await Run.ShowAsync(repository.Server, "dotnet",
            [repository.ServerDll, verb, "--data", data, "--urls", $"http://localhost:{port}"],
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
    }

    private static int Port(string? text) =>
        text is null ? UsualPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new Stop($"--port is '{text}'; give a number from 1 to 65535.");

    private void RequireFree(int port)
    {
        if (IsFree(port))
        {
            return;
        }

        var other = Enumerable.Range(port + 1, 100).FirstOrDefault(IsFree);
        throw new Stop($"""
            Port {port} is taken by another program (perhaps a demo that still runs in another window: stop it with Ctrl+C there).
            Or use another one: dotnet dev.cs {(verb == "serve" ? "run" : verb)} --port {other}
            """);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Only a folder that is a store of ours, never something else that was named by mistake.</summary>
    private static void ThrowAway(string data)
    {
        if (!Directory.Exists(data) || !Directory.EnumerateFileSystemEntries(data).Any())
        {
            return;
        }

        if (!File.Exists(Path.Combine(data, "linli.db")))
        {
            throw new Stop($"--fresh would delete {data}, but there is no linli.db in it. Name the data folder of a demo.");
        }

        Directory.Delete(data, recursive: true);
    }
}
