using System.Net;
using System.Net.Sockets;

namespace Linli.Dev.Tests;

/// <summary>A PostgreSQL server for this run alone, in a temporary folder, that forgets everything at a crash and is fast for it.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    public const string HowToInstall = "Debian, Ubuntu: apt-get install postgresql. Or set LINLI_TEST_PG to a connection string of a server whose user may create databases.";

    private readonly string? _data;

    private PostgresCluster(string connection, string? data) => (Connection, _data) = (connection, data);

    /// <summary>For a user that may create databases.</summary>
    public string Connection { get; }

    /// <summary>Where the server's programs are; null when there are none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Major version of those programs; null when there are none, or their folder does not say.</summary>
    public static string? Version => (Folder ?? Find()) is { } bin && Path.GetFileName(Path.GetDirectoryName(bin)) is { } name && name.All(char.IsAsciiDigit) ? name : null;

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.UserName == "root";

    /// <summary>Null when the machine has no PostgreSQL.</summary>
    /// <param name="memory">The server's options for memory; the tests need little.</param>
    public static async Task<PostgresCluster?> StartAsync(string memory = "-c shared_buffers=128MB")
    {
        if (Environment.GetEnvironmentVariable("LINLI_TEST_PG") is { Length: > 0 } given)
        {
            return new PostgresCluster(given, null);
        }

        if ((Folder ?? Find()) is not { } programs)
        {
            return null;
        }

        var data = Directory.CreateTempSubdirectory("linli-pg-").FullName;
        var port = FreePort();
        if (IsRoot)
        {
            await MustAsync("chown", ["postgres", data]); // the server refuses to run as root
        }

        await AsOwnerAsync(Path.Combine(programs, "initdb"), "-D", Path.Combine(data, "db"), "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await AsOwnerAsync(Path.Combine(programs, "pg_ctl"), "-D", Path.Combine(data, "db"), "-l", Path.Combine(data, "log"), "-w", "start", "-o", string.Join(' ',
            $"-p {port} -k {data} -c listen_addresses=localhost -c max_connections=300 {memory}",
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB",
            // A vacuum worker in the template database would keep it from being copied.
            "-c autovacuum=off -c jit=off -c dynamic_shared_memory_type=mmap"));
        return new PostgresCluster($"Host=localhost;Port={port};Username=linli;Include Error Detail=true", data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_data is not null)
        {
            await AsOwnerAsync(Path.Combine((Folder ?? Find())!, "pg_ctl"), "-D", Path.Combine(_data, "db"), "-m", "immediate", "-w", "stop");
            Directory.Delete(_data, recursive: true);
        }
    }

    private static string? Find()
    {
        var roots = (string[])["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt"];
        return roots.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Select(folder => Path.Combine(folder, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault();
    }

    private static Task AsOwnerAsync(string program, params string[] arguments) =>
        IsRoot ? MustAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : MustAsync(program, arguments);

    private static async Task MustAsync(string program, string[] arguments)
    {
        // pg_ctl's server would keep a captured pipe open for as long as it lives.
        var (code, output) = await Run.CaptureAsync("/", program, arguments, waitForPipes: false);
        if (code != 0)
        {
            throw new Stop($"PostgreSQL for the tests could not be prepared: {program} {string.Join(' ', arguments)}\n{output}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
