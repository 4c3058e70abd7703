using System.Net;
using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Scanning;
using Linli.Server.Tests.Evidence.Outside;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>With the real clamd.</summary>
public sealed class ScannerTests
{
    private static readonly byte[] Good = [.. "%PDF-1.4\ntrailer<<>>\n%%EOF"u8];
    private static readonly byte[] Bad = [.. "%PDF-1.4\n"u8, .. Encoding.ASCII.GetBytes(Clamd.Mark), .. "\n%%EOF"u8];

    [Fact]
    public async Task What_is_infected_is_refused_and_written_down_and_nothing_of_it_is_kept()
    {
        var clamd = await Clamd.GetAsync();
        await using var town = await EvidenceTown.FoundAsync(("Scanner", clamd.Tcp));
        using var resident = await town.HttpAsync();

        var refused = await resident.UploadAsync(Bad, "a.pdf");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("发现了恶意程序", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Linli.Test.Mark", refused.Text, StringComparison.Ordinal);
        Assert.Empty(town.Stored());
        Assert.Equal(0, await town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync()));
        Assert.Equal("Linli.Test.Mark.UNOFFICIAL", await town.ReadAsync(db => db.Set<Linli.Kernel.AuditEntry>().Where(e => e.Verb == "evidence.infected").Select(e => e.Reason).SingleAsync()));

        Assert.Equal(ScanState.Clean, (await town.FileAsync(await resident.SendAsync(Good))).Scan);
        var hidden = await resident.UploadAsync([.. Pictures.Jpeg(300, 200), .. Encoding.ASCII.GetBytes(Clamd.Mark)], "a.jpg");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, hidden.Status);
    }

    [Fact]
    public async Task While_the_scanner_is_away_a_file_is_seen_by_its_sender_alone_and_by_others_once_it_was_scanned()
    {
        var clamd = await Clamd.GetAsync();
        await using var town = await EvidenceTown.FoundAsync(("Scanner", $"unix://{Line}"));
        using var handler = await town.HttpAsync("shizheng");
        using var resident = await town.HttpAsync();
        var (own, photo) = (await handler.SendAsync(Good), await resident.SendAsync(Pictures.Png(40, 30)));
        var number = await resident.ReportAsync("street-lamp", photo);
        Assert.Equal(ScanState.Held, (await town.FileAsync(own)).Scan);
        Assert.Equal(HttpStatusCode.OK, (await handler.GetAsync($"/files/{own}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.GetAsync($"/files/{photo}")).Status);
        Assert.DoesNotContain($"/files/{photo}", (await resident.GetAsync($"/requests/{number}")).Text, StringComparison.Ordinal);
        await town.AsReporterAsync(resident, number);
        using var dispatcher = await town.HttpAsync("paidan");
        foreach (var (reader, page) in new[] { (resident, $"/track/{number}"), (dispatcher, $"/work/requests/{number}") })
        {
            var shown = await reader.GetAsync(page);   // quiet words instead of a picture that does not load
            Assert.Contains("正在检查是否安全", shown.Words, StringComparison.Ordinal);
            Assert.DoesNotContain($"/files/{photo}", shown.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("正在检查是否安全", (await resident.GetAsync($"/requests/{number}")).Words, StringComparison.Ordinal);
        Assert.Equal(0, await ScanAsync(town));

        File.CreateSymbolicLink(Line, clamd.Socket); // the daemon is back
        Assert.Equal(2, await ScanAsync(town));
        Assert.Equal(HttpStatusCode.OK, (await resident.GetAsync($"/files/{photo}")).Status);
        Assert.Contains($"/files/{photo}", (await resident.GetAsync($"/requests/{number}")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await ScanAsync(town));
    }

    [Fact]
    public async Task What_turns_out_to_be_infected_later_loses_its_bytes_and_leaves_the_page()
    {
        var clamd = await Clamd.GetAsync();
        await using var town = await EvidenceTown.FoundAsync(("Scanner", $"unix://{Line}"));
        using var dispatcher = await town.HttpAsync("paidan");
        using var resident = await town.HttpAsync();
        var paper = await resident.SendAsync(Bad, "合同.pdf");
        var number = await resident.ReportAsync("street-lamp", paper);

        File.CreateSymbolicLink(Line, clamd.Socket);
        Assert.Equal(1, await ScanAsync(town));
        Assert.Equal(ScanState.Infected, (await town.FileAsync(paper)).Scan);
        Assert.Empty(town.Stored());
        Assert.Equal(HttpStatusCode.NotFound, (await dispatcher.GetAsync($"/files/{paper}")).Status);
        Assert.DoesNotContain("合同.pdf", (await dispatcher.GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);
        Assert.Empty((await town.InScopeAsync((EvidenceCheck check) => check.RunAsync())).Flaws);
    }

    [Theory]
    [InlineData("refuse", 422, null)]
    [InlineData("take", 201, ScanState.Due)]
    public async Task What_becomes_of_files_while_the_scanner_is_away_is_a_setting(string setting, int status, ScanState? scan)
    {
        await using var town = await EvidenceTown.FoundAsync(("Scanner", $"unix://{Line}"), ("WhenScannerIsAway", setting));
        using var resident = await town.HttpAsync();
        var answer = await resident.UploadAsync(Good, "a.pdf");
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(scan, await town.ReadAsync(db => db.Set<EvidenceFile>().Select(f => (ScanState?)f.Scan).SingleOrDefaultAsync()));
    }

    [Fact]
    public async Task A_file_that_the_scanner_will_not_read_to_its_end_counts_as_not_scanned()
    {
        var scanner = new ClamdScanner(ClamdScanner.Address($"unix://{(await Clamd.GetAsync()).Socket}")!, TimeSpan.FromSeconds(30));
        var answer = await scanner.ScanAsync(new MemoryStream(new byte[Clamd.LongestStream + 1_000_000]), TestContext.Current.CancellationToken);
        Assert.Equal(ScanVerdict.Away, answer.Verdict);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:3310", true)]
    [InlineData("unix:///run/clamav/clamd.ctl", true)]
    [InlineData("http://127.0.0.1:3310", false)]
    [InlineData("127.0.0.1:3310", false)]
    [InlineData("tcp://127.0.0.1", false)]
    public void An_address_that_no_scanner_could_have_is_told_at_the_start(string address, bool isGood) => Assert.Equal(isGood, ClamdScanner.Address(address) is not null);

    /// <summary>Where the product looks for the daemon; nothing is there until a test makes a link to it.</summary>
    private string Line { get; } = Path.Combine(Directory.CreateTempSubdirectory("linli-line-").FullName, "clamd.ctl");

    private static Task<int> ScanAsync(Town town) => town.InScopeAsync((ScanWaiting waiting) => waiting.RunAsync());
}
