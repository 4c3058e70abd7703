using System.Net;
using System.Net.Http.Headers;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>What comes out of telephones and what calls itself a photo, sent with the report form as it stands, without script.</summary>
public sealed class ReportPhotoTests
{
    private const string Fine = "巷子口的路面塌了一块，老人走路很不安全。";

    [Fact]
    public async Task A_photo_of_forty_megapixels_comes_along_with_the_report_and_is_kept_small()
    {
        await using var town = await LoopTown.FoundAsync();
        using var visitor = await town.Town.HttpAsync();

        var sent = await SendAsync(visitor, Pictures.Png(8_000, 5_000), "现场.png");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        var kept = await town.Town.ReadAsync(db => db.Set<Kernel.Evidence.EvidenceFile>().SingleAsync());
        Assert.Equal((2_048, 1_280), (kept.Width, kept.Height));
    }

    [Theory]
    [InlineData("zip", "不能上传（看的是内容，不是文件名）")]
    [InlineData("sixty", "10000×6000 像素")]
    [InlineData("empty", "文件是空的")]
    public async Task What_is_no_photo_or_too_large_is_refused_at_the_field_and_the_words_are_kept(string what, string says)
    {
        await using var town = await LoopTown.FoundAsync();
        var before = await town.WrittenAsync();
        using var visitor = await town.Town.HttpAsync();
        var bytes = what switch { "zip" => Pictures.Zip("a.txt"), "sixty" => Pictures.PngOf(10_000, 6_000, []), _ => [] };

        var page = await SendAsync(visitor, bytes, "照片.jpg");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(says, page.Words, StringComparison.Ordinal);
        Assert.Contains(Fine, page.Text, StringComparison.Ordinal);
        Assert.Equal(before, await town.WrittenAsync());
    }

    private static Task<Answer> SendAsync(Visitor visitor, byte[] photo, string name)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in new[] { ("serviceType", LoopTown.Plain), ("text", Fine), ("area", LoopTown.Chengnan), ("idempotencyKey", "0123456789abcdef") })
        {
            form.Add(new StringContent(value), field);
        }

        var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, "photos", name);
        return visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/report", UriKind.Relative)) { Content = form });
    }
}
