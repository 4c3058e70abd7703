using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Linli.Server.Tests.Evidence.Outside;

/// <summary>The real clamd as a process of its own, one for all tests, with a database of one signature made here.</summary>
internal sealed class Clamd
{
    /// <summary>What the signature finds, wherever it stands in a file.</summary>
    public const string Mark = "LINLI-MALICIOUS-TEST-MARK";

    /// <summary>Longer pieces than this are not scanned by this daemon, as one may be set up.</summary>
    public const int LongestStream = 3_000_000;

    private static readonly string[] Places = ["/usr/sbin/clamd", "/usr/bin/clamd", "/opt/homebrew/sbin/clamd"];
    private static readonly Lazy<Task<Clamd>> Running = new(StartAsync);
    private readonly string _folder;

    private Clamd(string folder, Process process)
    {
        _folder = folder;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill();
            Directory.Delete(folder, recursive: true);
        };
    }

    /// <summary>Where it listens on this machine.</summary>
    public string Socket => Path.Combine(_folder, "socket");

    /// <summary>Where it listens for other machines.</summary>
    public string Tcp { get; private init; } = "";

    public static Task<Clamd> GetAsync()
    {
        Assert.SkipUnless(Places.Any(File.Exists), "No clamd was found. Debian: apt-get install clamav-daemon; `dotnet dev.cs test` does it where it may.");
        return Running.Value;
    }

    private static async Task<Clamd> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("linli-clamd-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        await File.WriteAllTextAsync(Path.Combine(folder, "db", "test.ndb"), $"Linli.Test.Mark:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Mark))}\n");
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "conf"),
            $"DatabaseDirectory {folder}/db\nLocalSocket {folder}/socket\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nMaxThreads 4\nStreamMaxLength {LongestStream}\nTemporaryDirectory {folder}\n");
        var process = Process.Start(new ProcessStartInfo(Places.First(File.Exists), [$"--config-file={folder}/conf"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("Self checking", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return new Clamd(folder, process) { Tcp = $"tcp://127.0.0.1:{port}" };
            }
        }

        throw new InvalidOperationException($"clamd did not start:\n{said}\n{await process.StandardError.ReadToEndAsync()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
