using System.Net;
using System.Text;
using Linli.Testing;

namespace Linli.Server.Tests.Api;

/// <summary>Calls that cannot be read: the answer names the field, the line or the parameter, in the caller's language, and nobody is woken for it.</summary>
public sealed class BadCallTests
{
    [Theory]
    [InlineData("""{"serviceType":"old-estate","text":5}""", "zh-CN", "“text”这一项的内容不能用")]
    [InlineData("""{"place":{"area":true}}""", "en", "The content of \"place.area\" cannot be used")]
    [InlineData("""{"photos":["x"]}""", "en", "The content of \"photos[0]\" cannot be used")]
    [InlineData("{\"text\":\"a\",\n", "zh-CN", "JSON 写错了：第 2 行")]
    public async Task A_body_that_cannot_be_read_is_told_where(string body, string language, string said)
    {
        await using var town = await Town.FoundAsync();
        using var caller = await town.HttpAsync();
        caller.Language = language;
        var call = new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        call.Headers.Add("X-Linli", "1");
        call.Headers.Accept.ParseAdd("application/json");

        var answer = await caller.SendAsync(call);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(said, answer.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(town.Log.Errors);
    }

    [Theory]
    [InlineData("/api/requests?late=zzz", HttpStatusCode.BadRequest, "late")]
    [InlineData("/api/requests?state=zzz", HttpStatusCode.UnprocessableEntity, "zzz")]
    [InlineData("/api/public/requests?state=zzz", HttpStatusCode.UnprocessableEntity, "state")]
    [InlineData("/api/public/requests?page=-1", HttpStatusCode.UnprocessableEntity, "page")]
    public async Task A_parameter_that_says_nothing_is_named(string path, HttpStatusCode status, string named)
    {
        await using var town = await Town.FoundAsync();
        using var caller = await town.HttpAsync("paidan");

        var answer = await caller.SendJsonAsync(HttpMethod.Get, path);

        Assert.Equal(status, answer.Status);
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
    }
}
