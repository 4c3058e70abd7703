using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>ASVS 12.4.1: what the running program writes is for its own user alone, whatever the system's habit is.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Only", "sqlite")] // the files of the database are among them
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests
{
    private const UnixFileMode Anybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    [Fact]
    public async Task Database_keys_evidence_and_audit_log_are_readable_by_their_owner_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Modes of files are Unix's.");
        var store = await TestStores.EmptyAsync();
        File.SetUnixFileMode(store.Data.Path, File.GetUnixFileMode(store.Data.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await ServeAsync(store, async http =>
        {
            var photo = new ByteArrayContent(Pictures.Png(40, 30)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            var sent = await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = photo, Headers = { { "X-Linli", "1" } } });
            Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        });

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(store.Data.Path) & Anybody);
        var all = Directory.GetFileSystemEntries(store.Data.Path, "*", SearchOption.AllDirectories);
        Assert.Empty(all.Where(path => (File.GetUnixFileMode(path) & (Group | Anybody)) != 0).Select(path => $"{File.GetUnixFileMode(path)} {path}"));
        foreach (var part in new[] { store.Data.Database, store.Data.Evidence, store.Data.SealingKeys, Path.Combine(store.Data.Keys, "key-"), store.Data.Audit })
        {
            Assert.Contains(all, path => path.StartsWith(part, StringComparison.Ordinal) && File.Exists(path));
        }

        await TestStores.DropAsync(store);
    }

    /// <summary>Serves the store with a process of its own, and ends it as an operator does.</summary>
    private static async Task ServeAsync(TestStore store, Func<HttpClient, Task> use)
    {
        var start = new ProcessStartInfo("sh", ["-c", "umask 000; exec dotnet \"$0\" serve --urls http://127.0.0.1:0", typeof(Modules).Assembly.Location])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(), Environment = { ["LINLI__DATA"] = store.Data.Path, ["Logging__LogLevel__Default"] = "Information" },
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        try
        {
            string? address = null;
            while (address is null && await process.StandardOutput.ReadLineAsync() is { } line)
            {
                address = Regex.Match(line, @"http://127\.0\.0\.1:\d+") is { Success: true } found ? found.Value : null;
            }

            Assert.False(address is null, address is null ? await complaints : "");
            _ = process.StandardOutput.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = new Uri(address!) };
            await use(http);
        }
        finally
        {
            process.Kill(entireProcessTree: true);   // the journals of SQLite stay, and are looked at too
            await process.WaitForExitAsync();
        }
    }
}
