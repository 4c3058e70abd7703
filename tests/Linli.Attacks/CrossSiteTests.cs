using System.Net;
using Linli.Shell.Clients;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks;

/// <summary>What a page of another site can send changes nothing here, whoever is signed in or remembered (docs/decisions/0007).</summary>
public sealed class CrossSiteTests
{
    /// <summary>As browsers of the last years, of ten years ago, and of a page that hides where it is. A page cannot set or leave out any of these by itself.</summary>
    private static readonly (string Name, string Value)[][] Foreign =
    [
        [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
        [("Sec-Fetch-Site", "same-site"), ("Origin", "http://sister.localhost")],
        [("Sec-Fetch-Site", "cross-site"), ("X-Linli", "1")],
        [("Origin", "https://evil.example")],
        [("Origin", "null")],
        [("Origin", "http://localhost.evil.example")],
        [("Origin", "http://localhost@evil.example")],
        [("Referer", "https://evil.example/http://localhost/")],
        [],
    ];

    [Fact]
    public async Task No_way_in_that_changes_something_takes_a_call_of_another_site()
    {
        await using var town = await Town.FoundAsync();
        await town.StartAsync();
        using var nobody = await town.HttpAsync();
        using var staff = await town.HttpAsync("duban");
        using var resident = await ResidentAsync(town);
        var written = await town.RowsAsync();
        var through = new List<string>();
        foreach (var door in town.Doors().Where(d => !d.IsSafe))
        {
            foreach (var (who, visitor) in new[] { ("nobody", nobody), ("staff", staff), ("resident", resident) })
            {
                // Without Origin a browser sends nothing but forms.
                foreach (var says in Foreign.Where(f => door.Method == HttpMethod.Post || f.Any(h => h.Name is "Origin" or "Sec-Fetch-Site")))
                {
                    var answer = await visitor.SendRawAsync(door.Method, door.PathWith(), Form(door.Method), says);
                    if (!IsRefused(answer) && !IsForKeysAlone(door, answer))
                    {
                        through.Add($"{who} {door} {string.Join(' ', says)} → {(int)answer.Status}");
                    }
                }
            }
        }

        Assert.Empty(through);
        Assert.Equal(written, await town.RowsAsync());
    }

    [Fact]
    public async Task Following_a_link_of_another_site_writes_nothing_but_that_a_notice_was_opened()
    {
        await using var town = await Town.FoundAsync();
        using var staff = await town.HttpAsync("guanli");
        var written = await town.RowsAsync();
        foreach (var door in town.Doors().Where(d => d.IsSafe && !d.IsStream))
        {
            var answer = await staff.SendRawAsync(door.Method, door.PathWith(), null, [("Sec-Fetch-Site", "cross-site")]);
            Assert.False(answer.Headers.ContainsKey("Set-Cookie"), $"{door} sets {answer.Headers.GetValueOrDefault("Set-Cookie")}");
        }

        Assert.Equal(written, await town.RowsAsync());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Referer", "http://localhost/track")]
    [InlineData("X-Linli", "1")]
    public async Task Our_own_pages_and_programs_get_through(string header, string value)
    {
        await using var town = await Town.FoundAsync();
        using var staff = await town.HttpAsync("duban");
        staff.FollowsRedirects = false;

        var answer = await staff.SendRawAsync(HttpMethod.Post, "/sign-out", Form(HttpMethod.Post), [(header, value)]);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    [Fact]
    public async Task Without_a_cookie_a_program_needs_no_header_for_what_no_form_can_send()
    {
        await using var town = await Town.FoundAsync();
        using var program = await town.HttpAsync();

        var json = await program.SendRawAsync(HttpMethod.Post, "/api/session", new StringContent("""{"login":"x","password":"y"}""", System.Text.Encoding.UTF8, "application/json"), []);
        var text = await program.SendRawAsync(HttpMethod.Post, "/api/session", new StringContent("""{"login":"x","password":"y"}""", System.Text.Encoding.UTF8, "text/plain"), []);

        Assert.Equal(HttpStatusCode.Conflict, json.Status);
        Assert.Equal(HttpStatusCode.Forbidden, text.Status);
    }

    [Fact]
    public async Task Over_HTTPS_the_unencrypted_page_of_the_same_name_is_another_site()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();

        var answer = await visitor.SendRawAsync(HttpMethod.Post, "https://localhost/sign-out", Form(HttpMethod.Post), [("Origin", "http://localhost")]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    private static FormUrlEncodedContent? Form(HttpMethod method) => method == HttpMethod.Post ? new([KeyValuePair.Create("text", "x")]) : null;

    private static bool IsRefused(Answer answer) => answer.Status == HttpStatusCode.Forbidden && answer.Text.Contains("X-Linli", StringComparison.Ordinal);

    /// <summary>No cookie lends it anything, and without a key it does nothing.</summary>
    private static bool IsForKeysAlone(Door door, Answer answer) =>
        door.Endpoint.Metadata.GetMetadata<KeyedCall>() is not null && answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest;

    private static async Task<Visitor> ResidentAsync(Town town)
    {
        var visitor = await town.HttpAsync();
        var filed = await visitor.PostFormAsync("/report", ("serviceType", "old-estate"), ("text", "楼道灯坏了三天"), ("idempotencyKey", "0123456789abcdef"));
        Assert.Equal(HttpStatusCode.OK, filed.Status);
        return visitor;
    }
}
