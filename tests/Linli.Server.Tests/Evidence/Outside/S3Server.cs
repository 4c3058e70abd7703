using System.Diagnostics;
using System.Text.Json;
using Linli.Kernel.Evidence;
using Linli.Testing;

namespace Linli.Server.Tests.Evidence.Outside;

/// <summary>The server of tests/s3 as a process of its own, one for all tests; each test has a prefix of its own in its bucket.</summary>
internal sealed class S3Server
{
    private static readonly Lazy<Task<S3Server>> Running = new(StartAsync);
    private readonly Process _process;

    private S3Server(Process process, int port) => (_process, Port) = (process, port);

    private int Port { get; }

    public static async Task<EvidenceBucket> OptionsAsync()
    {
        Assert.SkipUnless(Directory.Exists(Repository.At("tests", "s3", "node_modules")), "Run npm ci in tests/s3, or `dotnet dev.cs test`, which does.");
        return new EvidenceBucket
        {
            Endpoint = $"http://127.0.0.1:{(await Running.Value).Port}", Name = "linli", Prefix = $"{Guid.NewGuid():N}/", AccessKey = "S3RVER", SecretKey = "S3RVER",
        };
    }

    private static async Task<S3Server> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("linli-s3-");
        var process = Process.Start(new ProcessStartInfo("node", ["server.mjs", folder.FullName])
        {
            WorkingDirectory = Repository.At("tests", "s3"), RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var server = new S3Server(process, JsonDocument.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!).RootElement.GetProperty("port").GetInt32());
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server._process.Kill();
            folder.Delete(recursive: true);
        };
        return server;
    }
}
