using System.Net;
using System.Net.Http.Headers;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>What is sent, by whatever name, and what becomes of it.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private Town _town = null!;
    private Visitor _somebody = null!;

    public async ValueTask InitializeAsync()
    {
        _town = await Town.FoundAsync();
        _somebody = await _town.HttpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _somebody.Dispose();
        await _town.DisposeAsync();
    }

    [Fact]
    public async Task A_photo_is_kept_small_and_without_its_position()
    {
        var answer = await _somebody.UploadAsync(Pictures.WithPosition(Pictures.Jpeg(3_000, 2_000)), "我家门口.jpg");
        Assert.Equal(HttpStatusCode.Created, answer.Status);

        var file = await OneAsync(answer);
        Assert.Equal(("image/jpeg", 2_048, 1_365, null), (file.ContentType, file.Width!.Value, file.Height!.Value, file.OriginalName));
        var kept = await File.ReadAllBytesAsync(Path.Combine(_town.Store.Data.Evidence, file.Sha256[..2], file.Sha256[2..]));
        Assert.DoesNotContain(Pictures.Camera, System.Text.Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_be_the_body_itself()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = new ByteArrayContent(Pictures.Png(40, 30)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        Assert.Equal(HttpStatusCode.Created, (await _somebody.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_readers_language()
    {
        _somebody.Language = "en";
        Assert.Contains("The file is empty", (await _somebody.UploadAsync([], "x.jpg")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_file_and_a_form_that_ends_early_are_refused()
    {
        var nothing = await _somebody.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = new MultipartFormDataContent { { new StringContent("x"), "other" } } });
        Assert.Contains("请求里没有文件", nothing.Text, StringComparison.Ordinal);

        var cut = new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc") };
        cut.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Contains("文件没有传完整", (await _somebody.SendAsync(cut)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_send_is_seen_by_the_sender_alone_until_a_record_uses_it_and_does_nothing_in_a_browser()
    {
        using var handler = await _town.HttpAsync("shizheng");
        using var other = await _town.HttpAsync("jiaojing");
        var sent = await handler.UploadAsync(Pictures.Zip("[Content_Types].xml", "word/document.xml"), "../../现场 记录.docx");
        var address = $"/files/{sent.Json().GetProperty("id").GetGuid()}";

        var own = await handler.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Equal("nosniff", own.Headers["X-Content-Type-Options"]);
        Assert.Equal("default-src 'none'; sandbox", own.Headers["Content-Security-Policy"]);
        Assert.StartsWith("attachment;", own.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E8%AE%B0%E5%BD%95.docx", own.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _somebody.GetAsync(address)).Status);
    }

    [Fact]
    public async Task What_nobody_sees_and_what_does_not_exist_are_answered_alike()
    {
        var sent = (await _somebody.UploadAsync(Pictures.Png(20, 20), "a.png")).Json().GetProperty("id").GetGuid();
        var (hidden, missing) = (await _somebody.GetAsync($"/files/{sent}"), await _somebody.GetAsync($"/files/{Guid.NewGuid()}"));
        Assert.Equal((HttpStatusCode.NotFound, missing.Words), (hidden.Status, hidden.Words));
    }

    [Fact]
    public async Task Uploads_that_no_record_takes_are_gone_after_a_day_with_their_bytes_unless_others_share_them()
    {
        var shared = Pictures.Png(30, 30);
        await _somebody.UploadAsync(shared, "a.png");
        await _somebody.UploadAsync(Pictures.Png(31, 31), "b.png");
        _town.Clock.Advance(TimeSpan.FromHours(20));
        await _somebody.UploadAsync(shared, "c.png");
        _town.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(2, await _town.InScopeAsync((EvidenceSweep sweep) => sweep.RunAsync()));
        var left = await _town.ReadAsync(db => db.Set<EvidenceFile>().Select(f => f.Sha256).ToListAsync());
        Assert.Single(left);
        Assert.Equal([left[0][2..], left[0][2..] + ".thumb"], Directory.GetFiles(_town.Store.Data.Evidence, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    private Task<EvidenceFile> OneAsync(Answer answer)
    {
        var id = answer.Json().GetProperty("id").GetGuid();
        return _town.ReadAsync(db => db.Set<EvidenceFile>().AsNoTracking().SingleAsync(f => f.Id == id));
    }
}

internal static class Uploads
{
    public static Task<Answer> UploadAsync(this Visitor visitor, byte[] content, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } } };
        request.Headers.Add("X-Linli", "1");
        request.Headers.Accept.ParseAdd("application/json");
        return visitor.SendAsync(request);
    }
}
