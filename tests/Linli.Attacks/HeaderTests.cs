using System.Net;
using AngleSharp.Dom;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks;

/// <summary>What every answer says to the browser, and what no page holds.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("paidan")]
    [InlineData("guanli")]
    public async Task Every_page_obeys_its_own_policy(string? login)
    {
        await using var town = await Town.FoundAsync();
        using var visitor = login is null ? await town.HttpAsync() : await town.HttpAsync(login);
        var wrong = new List<string>();
        foreach (var door in town.Doors().Where(d => d.Method == HttpMethod.Get && !d.IsStream))
        {
            var answer = await visitor.GetAsync(door.PathWith());
            wrong.AddRange(MissingHeaders(answer).Select(m => $"{door}: {m}"));
            if (answer.ContentType == "text/html")
            {
                wrong.AddRange(Inline(answer).Select(i => $"{door}: {i}"));
            }

            if (login is not null && answer.ContentType is "text/html" or "application/json" && answer.Headers.GetValueOrDefault("Cache-Control") is not ("no-store" or "no-cache, no-store" or "public, max-age=3600"))
            {
                wrong.Add($"{door}: Cache-Control {answer.Headers.GetValueOrDefault("Cache-Control")}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_policy_allows_nothing_inline_and_nothing_from_elsewhere()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();
        var policy = (await visitor.GetAsync("/")).Headers["Content-Security-Policy"];

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        foreach (var part in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'" })
        {
            Assert.Contains(part, policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Over_HTTPS_browsers_are_told_to_stay_there_and_cookies_cannot_be_set_by_anybody_else()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();
        visitor.FollowsRedirects = false;

        var signedIn = await visitor.PostFormAsync("https://localhost/sign-in", ("login", "paidan"), ("password", Town.Password));
        var reported = await visitor.PostFormAsync("https://localhost/report", ("serviceType", "old-estate"), ("text", "楼道灯坏了三天"), ("idempotencyKey", "0123456789abcdef"));
        var plain = await visitor.GetAsync("/");

        Assert.Equal("max-age=31536000", signedIn.Headers["Strict-Transport-Security"]);
        Assert.DoesNotContain("Strict-Transport-Security", plain.Headers.Keys);
        foreach (var cookie in new[] { signedIn.Headers["Set-Cookie"], reported.Headers["Set-Cookie"] }.SelectMany(c => c.Split(", linli").SelectMany(x => x.Split(", __Host-").Select((y, i) => i == 0 ? y : "__Host-" + y))))
        {
            Assert.StartsWith("__Host-linli.", cookie, StringComparison.Ordinal);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A sister site can set linli.auth for the whole domain; it is not looked at over HTTPS.</summary>
    [Fact]
    public async Task A_session_under_the_plain_name_is_none_over_HTTPS()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync("paidan");

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("https://localhost/api/session")).Status);
    }

    private static IEnumerable<string> MissingHeaders(Answer answer)
    {
        string[] needed = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"];
        return needed.Where(name => !answer.Headers.ContainsKey(name));
    }

    internal static IEnumerable<string> Inline(Answer answer)
    {
        foreach (var element in answer.Page.All)
        {
            if (element.LocalName is "style" || (element.LocalName == "script" && (!element.HasAttribute("src") || element.TextContent.Trim().Length > 0)))
            {
                yield return $"<{element.LocalName}> inline";
            }

            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal) || IsForeign(attribute))
                {
                    yield return $"<{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
                }
            }
        }
    }

    /// <summary>Loads from elsewhere, or is a script in an address.</summary>
    private static bool IsForeign(IAttr attribute) => attribute.Name is "src" or "href" or "action" or "formaction" or "data" or "poster"
        && attribute.Value.Trim() is { } address
        && (address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || (attribute.OwnerElement?.LocalName != "a" && (address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("http", StringComparison.OrdinalIgnoreCase))));
}
