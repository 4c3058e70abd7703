using System.Net;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>Photos follow the request that they belong to.</summary>
public sealed partial class PhotoOfARequestTests : IAsyncLifetime
{
    private Town _town = null!;
    private Visitor _reporter = null!, _passerBy = null!;

    public async ValueTask InitializeAsync()
    {
        _town = await Town.FoundAsync();
        (_reporter, _passerBy) = (await _town.HttpAsync(), await _town.HttpAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _reporter.Dispose();
        _passerBy.Dispose();
        await _town.DisposeAsync();
    }

    [Fact]
    public async Task A_photo_of_a_public_request_is_seen_by_everybody_and_is_fetched_once()
    {
        var photo = await UploadAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await _passerBy.GetAsync($"/files/{photo}")).Status);
        Assert.Equal(HttpStatusCode.Created, (await ReportAsync("street-lamp", photo)).Status);

        var full = await _passerBy.GetAsync($"/files/{photo}");
        Assert.Equal((HttpStatusCode.OK, "image/jpeg", "public, max-age=3600"), (full.Status, full.ContentType, full.Headers["Cache-Control"]));
        Assert.StartsWith("inline", full.Headers["Content-Disposition"], StringComparison.Ordinal);
        var small = await _passerBy.GetAsync($"/files/{photo}?thumb");
        Assert.True(small.Bytes.Length < full.Bytes.Length);

        var again = new HttpRequestMessage(HttpMethod.Get, $"/files/{photo}");
        again.Headers.Add("If-None-Match", full.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NotModified, (await _passerBy.SendAsync(again)).Status);
        var part = new HttpRequestMessage(HttpMethod.Get, $"/files/{photo}");
        part.Headers.Add("Range", "bytes=0-99");
        Assert.Equal(100, (await _passerBy.SendAsync(part)).Bytes.Length);
    }

    [Fact]
    public async Task A_photo_of_a_private_request_is_seen_by_those_who_see_the_request()
    {
        var photo = await UploadAsync();
        Assert.Equal(HttpStatusCode.Created, (await ReportAsync("skills-training", photo)).Status);

        using var dispatcher = await _town.HttpAsync("paidan");
        using var elsewhere = await _town.HttpAsync("shizheng");
        Assert.Equal(HttpStatusCode.NotFound, (await _passerBy.GetAsync($"/files/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/files/{photo}")).Status);
        var seen = await dispatcher.GetAsync($"/files/{photo}");
        Assert.Equal((HttpStatusCode.OK, "no-store, private"), (seen.Status, seen.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task A_document_may_carry_names_and_is_never_for_everybody()
    {
        var paper = (await _reporter.UploadAsync("%PDF-1.4\ntrailer<<>>\n%%EOF"u8.ToArray(), "合同 张某.pdf")).Json().GetProperty("id").GetGuid();
        var filed = await ReportAsync("street-lamp", paper);
        Assert.Equal(HttpStatusCode.Created, filed.Status);
        var number = filed.Json().GetProperty("number").GetString();

        using var dispatcher = await _town.HttpAsync("paidan");
        Assert.Equal(HttpStatusCode.NotFound, (await _passerBy.GetAsync($"/files/{paper}")).Status);
        Assert.DoesNotContain("张某", (await _passerBy.GetAsync($"/requests/{number}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await dispatcher.GetAsync($"/files/{paper}")).Status);
        Assert.Contains("张某", (await dispatcher.GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_belongs_to_one_request_and_to_whoever_sent_it()
    {
        var photo = await UploadAsync();
        Assert.Equal(HttpStatusCode.Created, (await ReportAsync("street-lamp", photo)).Status);
        Assert.Contains("照片已经用过", (await ReportAsync("street-lamp", photo)).Text, StringComparison.Ordinal);

        using var staff = await _town.HttpAsync("shizheng");
        var theirs = (await staff.UploadAsync(Pictures.Png(20, 20), "a.png")).Json().GetProperty("id").GetGuid();
        Assert.Contains("照片已经用过", (await ReportAsync("street-lamp", theirs)).Text, StringComparison.Ordinal);
        Assert.Contains("照片已经用过", (await ReportAsync("street-lamp", Guid.NewGuid())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_photos_come_with_the_form_and_need_not_be_chosen_again_when_something_else_is_wrong()
    {
        var refused = await SendFormAsync([new("text", "")], Pictures.WithPosition(Pictures.Jpeg(700, 500)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var kept = KeptId().Match(refused.Text).Groups[1].Value;
        Assert.NotEqual("", kept);

        var filed = await SendFormAsync([new("text", "龙泉街的路灯不亮了"), new("photos.id", kept)], Pictures.Png(50, 40));
        Assert.StartsWith("/track/", filed.Path, StringComparison.Ordinal);
        Assert.Equal(2, await _town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync(f => f.ClaimedAt != null)));
    }

    [Fact]
    public async Task A_bad_photo_in_the_form_is_told_at_its_field_and_good_ones_are_kept()
    {
        var refused = await SendFormAsync([new("text", "路灯不亮了")], Pictures.Zip("a.jpg"), Pictures.Png(50, 40));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("内容是 ZIP", refused.Words, StringComparison.Ordinal);
        Assert.NotEqual("", KeptId().Match(refused.Text).Groups[1].Value);

        var tooMany = await SendFormAsync([new("text", "路灯不亮了")], [.. Enumerable.Repeat(Pictures.Png(5, 5), 7)]);
        Assert.Contains("最多 6 个文件，这里有 7 个", tooMany.Words, StringComparison.Ordinal);
    }

    private async Task<Guid> UploadAsync() =>
        (await _reporter.UploadAsync(Pictures.WithPosition(Pictures.Jpeg(800, 600)), "a.jpg")).Json().GetProperty("id").GetGuid();

    private Task<Answer> ReportAsync(string type, Guid photo) => _reporter.SendJsonAsync(HttpMethod.Post, "/api/requests", new
    {
        serviceType = type, text = "请来看看", phone = "13800000000", photos = new[] { photo }, answers = new Dictionary<string, string?>(), idempotencyKey = Guid.NewGuid().ToString("N"),
    });

    private Task<Answer> SendFormAsync(KeyValuePair<string, string>[] fields, params byte[][] photos)
    {
        var form = new MultipartFormDataContent { { new StringContent("street-lamp"), "serviceType" }, { new StringContent(Guid.NewGuid().ToString("N")), "idempotencyKey" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var photo in photos)
        {
            form.Add(new ByteArrayContent(photo), "photos", "IMG_0001.jpg");
        }

        return _reporter.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/report") { Content = form });
    }

    [GeneratedRegex("name=\"photos\\.id\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex KeptId();
}
