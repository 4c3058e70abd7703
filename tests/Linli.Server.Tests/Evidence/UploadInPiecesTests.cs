using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Uploads;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>The protocol of uploads in pieces, and who may do what with them.</summary>
public sealed class UploadInPiecesTests : IAsyncLifetime
{
    private static readonly byte[] Photo = Pictures.Png(60, 40);
    private Town _town = null!;
    private Visitor _resident = null!;

    public async ValueTask InitializeAsync()
    {
        _town = await EvidenceTown.FoundAsync(("MaxPartsPerAddress", "3"), ("MaxPartBytes", "3000000"));
        _resident = await _town.HttpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _resident.Dispose();
        await _town.DisposeAsync();
    }

    [Fact]
    public async Task A_file_in_pieces_becomes_a_file_that_a_report_can_use()
    {
        var address = await BeginAsync(_resident, Photo.Length);
        Assert.Equal("50", (await PieceAsync(_resident, address, 0, Photo[..50])).Headers["Upload-Offset"]);
        var asked = await SendAsync(_resident, HttpMethod.Head, address);
        Assert.Equal(("50", $"{Photo.Length}", "no-store", "1.0.0"), (asked.Headers["Upload-Offset"], asked.Headers["Upload-Length"], asked.Headers["Cache-Control"], asked.Headers["Tus-Resumable"]));
        Assert.Equal("Tue, 03 Mar 2026 01:00:00 GMT", asked.Headers["Upload-Expires"]);

        Assert.Equal("upload_incomplete", (await FinishAsync(_resident, address)).ProblemCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PieceAsync(_resident, address, 50, Photo[50..])).Status);
        var taken = (await FinishAsync(_resident, address)).Json().GetProperty("id").GetGuid();
        Assert.Equal(taken, (await FinishAsync(_resident, address)).Json().GetProperty("id").GetGuid());
        Assert.Equal(1, await _town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync()));
        await _resident.ReportAsync("street-lamp", taken);
    }

    [Fact]
    public void Whoever_comes_first_at_the_same_instant_is_hidden_by_the_same_key()
    {
        for (var round = 0; round < 40; round++)
        {
            var folder = Directory.CreateTempSubdirectory("linli-parts-");
            var hidden = new string[8];
            Parallel.For(0, hidden.Length, new ParallelOptions { MaxDegreeOfParallelism = hidden.Length }, i => hidden[i] = new PartShelf(new EvidenceOptions { Folder = folder.FullName }, TimeProvider.System).Hide("192.0.2.1"));
            Assert.Single(hidden.Distinct());
            Assert.Single(folder.GetFiles("*", SearchOption.AllDirectories));
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_piece_in_the_wrong_place_or_too_long_is_not_taken()
    {
        var address = await BeginAsync(_resident, 100);
        await PieceAsync(_resident, address, 0, new byte[40]);
        var wrong = await PieceAsync(_resident, address, 0, new byte[40]);
        Assert.Equal((HttpStatusCode.Conflict, "upload_offset", "40"), (wrong.Status, wrong.ProblemCode, wrong.Headers["Upload-Offset"]));
        Assert.Equal(HttpStatusCode.Conflict, (await PieceAsync(_resident, address, 90, new byte[10])).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PieceAsync(_resident, address, 40, new byte[61])).Status);
        Assert.Equal("40", (await SendAsync(_resident, HttpMethod.Head, address)).Headers["Upload-Offset"]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(_resident, HttpMethod.Patch, address, new byte[60], ("Upload-Offset", "40"), ("Content-Type", "image/png"))).Status);
    }

    [Fact]
    public async Task What_is_no_good_is_refused_when_it_is_whole_and_leaves_nothing()
    {
        byte[] bad = [.. "MZ not a photo"u8];
        var address = await BeginAsync(_resident, bad.Length);
        await PieceAsync(_resident, address, 0, bad);
        var refused = await FinishAsync(_resident, address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("内容是 EXE", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await FinishAsync(_resident, address)).Status);
        Assert.Empty(_town.Stored());
    }

    [Theory]
    [InlineData("0", HttpStatusCode.UnprocessableEntity)]
    [InlineData("-5", HttpStatusCode.UnprocessableEntity)]
    [InlineData("many", HttpStatusCode.UnprocessableEntity)]
    [InlineData("99999999999999999999", HttpStatusCode.UnprocessableEntity)]
    [InlineData("20971521", HttpStatusCode.UnprocessableEntity)]
    [InlineData("3000001", HttpStatusCode.Conflict)]
    public async Task An_upload_of_no_or_too_much_length_is_not_begun(string length, HttpStatusCode status)
    {
        Assert.Equal(status, (await SendAsync(_resident, HttpMethod.Post, Place, [], ("Upload-Length", length))).Status);
        Assert.Empty(_town.Stored());
    }

    [Fact]
    public async Task One_address_and_all_together_can_begin_only_so_much()
    {
        var first = await BeginAsync(_resident, 10);
        await BeginAsync(_resident, 10);
        await BeginAsync(_resident, 10);
        Assert.Equal("too_many_uploads", (await SendAsync(_resident, HttpMethod.Post, Place, [], ("Upload-Length", "10"))).ProblemCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(_resident, HttpMethod.Delete, first)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_resident, HttpMethod.Head, first)).Status);
        await BeginAsync(_resident, 10);
    }

    [Fact]
    public async Task What_staff_began_is_theirs_alone_and_what_a_resident_began_is_known_by_its_address()
    {
        using var handler = await _town.HttpAsync("shizheng");
        using var other = await _town.HttpAsync("jiaojing");
        var (staffs, residents) = (await BeginAsync(handler, Photo.Length), await BeginAsync(_resident, Photo.Length));
        foreach (var stranger in new[] { other, _resident })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(stranger, HttpMethod.Head, staffs)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await PieceAsync(stranger, staffs, 0, Photo)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await FinishAsync(stranger, staffs)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(stranger, HttpMethod.Delete, staffs)).Status);
        }

        Assert.Equal(32, residents.Split('/')[^1].Length);
        await PieceAsync(other, residents, 0, Photo);
        var taken = (await FinishAsync(other, residents)).Json().GetProperty("id").GetGuid();
        Assert.Equal(Guid.Empty, (await _town.FileAsync(taken)).UploadedById);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_resident, HttpMethod.Head, Place + "/../../../etc/passwd")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_resident, HttpMethod.Head, Place + "/%2e%2e%2fkey")).Status);
    }

    [Fact]
    public async Task What_staff_send_as_a_resident_can_be_reported_with_as_a_resident()
    {
        using var handler = await _town.HttpAsync("shizheng");
        var answer = await SendAsync(handler, HttpMethod.Post, Place, [], ("Upload-Length", $"{Photo.Length}"), ("Upload-Metadata", $"filename {Base64("合同.pdf")}, as {Base64("resident")},broken,x !!"));
        var address = answer.Headers["Location"];
        await PieceAsync(handler, address, 0, Photo);
        Assert.Equal(Guid.Empty, (await _town.FileAsync((await FinishAsync(handler, address)).Json().GetProperty("id").GetGuid())).UploadedById);
    }

    [Fact]
    public async Task An_upload_that_nobody_comes_back_to_is_gone_after_a_day()
    {
        var (left, finished) = (await BeginAsync(_resident, 1_000), await BeginAsync(_resident, Photo.Length));
        await PieceAsync(_resident, left, 0, new byte[500]);
        await PieceAsync(_resident, finished, 0, Photo);
        await FinishAsync(_resident, finished);
        _town.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await SweepAsync());
        Assert.Equal("500", (await SendAsync(_resident, HttpMethod.Head, left)).Headers["Upload-Offset"]);

        _town.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(_resident, HttpMethod.Head, left)).Status);
        Assert.Equal(2, await SweepAsync());
        Assert.Empty(_town.Stored());
    }

    [Fact]
    public async Task The_protocol_says_what_it_can_and_refuses_another_version()
    {
        var said = await SendAsync(_resident, HttpMethod.Options, Place);
        Assert.Equal(("1.0.0", "creation,expiration,termination", "20971520"), (said.Headers["Tus-Version"], said.Headers["Tus-Extension"], said.Headers["Tus-Max-Size"]));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(_resident, HttpMethod.Post, Place, [], ("Upload-Length", "10"), ("Tus-Resumable", "0.2.2"))).Status);
    }

    private const string Place = "/api/evidence/uploads";

    private Task<int> SweepAsync() => _town.InScopeAsync((EvidenceSweep sweep) => sweep.RunAsync());

    private static async Task<string> BeginAsync(Visitor visitor, int length)
    {
        var begun = await SendAsync(visitor, HttpMethod.Post, Place, [], ("Upload-Length", $"{length}"));
        return begun.Status == HttpStatusCode.Created ? begun.Headers["Location"] : throw new InvalidOperationException(begun.Text);
    }

    private static Task<Answer> PieceAsync(Visitor visitor, string address, int offset, byte[] bytes) =>
        SendAsync(visitor, HttpMethod.Patch, address, bytes, ("Upload-Offset", $"{offset}"), ("Content-Type", "application/offset+octet-stream"));

    private static Task<Answer> FinishAsync(Visitor visitor, string address) => SendAsync(visitor, HttpMethod.Put, address + "/evidence");

    private static Task<Answer> SendAsync(Visitor visitor, HttpMethod method, string address, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Add("X-Linli", "1");
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.Add(name, value);
            }
        }

        return visitor.SendAsync(request);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
