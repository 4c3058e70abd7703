using System.Net;
using System.Text;
using Linli.Shell.Accounts;
using Linli.Shell.Limits;
using Linli.Shell.Security;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Tests.Security;

public sealed class RefusalLogTests
{
    private const string Mark = "mark-7261";

    [Fact]
    public async Task Every_refused_call_is_one_line_with_what_an_investigation_needs()
    {
        using var lines = new LogLines();
        await using var town = await TownAsync(lines);
        using var handler = await town.HttpAsync("shizheng");
        using var nobody = await town.HttpAsync();
        var account = await town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == "shizheng").Select(a => a.Id).SingleAsync());

        await nobody.SendJsonAsync(HttpMethod.Get, "/api/me");                                     // not signed in
        await handler.SendJsonAsync(HttpMethod.Get, "/api/people");                                // not permitted
        await handler.SendJsonAsync(HttpMethod.Get, "/api/requests/260101-000001");                // not there, or not to be seen
        await handler.SendJsonAsync(HttpMethod.Delete, "/api/requests");                           // no such method
        await handler.SendJsonAsync(HttpMethod.Put, "/api/me/password", "no object");              // cannot be read
        await handler.SendJsonAsync(HttpMethod.Put, "/api/me/language", new { language = "fr" });  // wrong
        await handler.GetAsync("/me");                                                             // fine

        var told = lines.Of(RefusalLog.Category);
        Assert.Equal(6, told.Count);
        Assert.Contains("Refused with 401: GET /api/me, account -, from ", told[0], StringComparison.Ordinal);
        Assert.StartsWith($"Refused with 403: GET /api/people, account {account}, from ", told[1], StringComparison.Ordinal);
        Assert.StartsWith($"Refused with 404: GET /api/requests/{{number}}, account {account}, from ", told[2], StringComparison.Ordinal);
        Assert.StartsWith($"Refused with 405: DELETE ", told[3], StringComparison.Ordinal);
        Assert.StartsWith($"Refused with 400: PUT /api/me/password, account {account}, from ", told[4], StringComparison.Ordinal);
        Assert.StartsWith($"Refused with 422: PUT /api/me/language, account {account}, from ", told[5], StringComparison.Ordinal);
        Assert.All(told, line => Assert.Matches(", call \\S{5,}$", line));
    }

    [Fact]
    public async Task Nothing_that_a_caller_wrote_stands_in_the_log()
    {
        using var lines = new LogLines();
        await using var town = await TownAsync(lines);
        using var nobody = await town.HttpAsync();
        using var staff = await town.HttpAsync("paidan");
        foreach (var visitor in new[] { nobody, staff })
        {
            visitor.ExpectsServerErrors = true;
            foreach (var path in new[] { $"/{Mark}%0d%0aInjected", $"/requests/{Mark}", $"/api/requests/{Mark}", $"/api/requests?late={Mark}", $"/work/requests/{Mark}?x=%0a{Mark}", $"/api/people/{Mark}" })
            {
                await visitor.SendAsync(Marked(HttpMethod.Get, path, null));
            }

            await visitor.SendAsync(Marked(new HttpMethod(Mark), "/", null));
            await visitor.SendAsync(Marked(HttpMethod.Post, "/api/session", $$"""{"login":"{{Mark}}","password":"{{Mark}}"}"""));
            await visitor.SendAsync(Marked(HttpMethod.Post, "/api/session", $"{{ broken {Mark}"));
            await visitor.SendAsync(Marked(HttpMethod.Put, "/api/me/password", $"\"{Mark}\""));
            await visitor.PostFormAsync("/sign-in", ("login", Mark), ("password", Mark), ("return", $"/{Mark}"));
            await visitor.PostFormAsync("/sign-in/code", ("login", Mark), ("code", Mark), ("password", Mark + Mark));
            await visitor.PostFormAsync("/track", ("number", Mark), ("code", Mark));
            await visitor.PostFormAsync("/report", ("text", Mark), ("phone", Mark), ("name", Mark));
        }

        Assert.True(lines.Of(RefusalLog.Category).Count > 15, "Hardly anything was refused.");
        Assert.DoesNotContain(lines.All, l => l.Text.Contains(Mark, StringComparison.OrdinalIgnoreCase) || l.Text.Contains("Injected", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void A_network_says_where_from_and_not_who(string address, string network) =>
        Assert.Equal(network, CallerAddress.BlockOf(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } }));

    private static HttpRequestMessage Marked(HttpMethod method, string path, string? json)
    {
        var call = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        call.Headers.Add("X-Linli", Mark);
        call.Headers.Add("X-Linli-Code", Mark);
        call.Headers.TryAddWithoutValidation("User-Agent", Mark);
        call.Headers.Add("Referer", $"http://localhost/{Mark}");
        call.Headers.Accept.ParseAdd("application/json");
        return call;
    }

    private static Task<Town> TownAsync(LogLines lines) => Town.FoundAsync(new TownOptions { Adjust = builder => builder.Logging.AddProvider(lines) });
}
