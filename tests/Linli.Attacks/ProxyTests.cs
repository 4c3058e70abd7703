using System.Net;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks;

/// <summary>Who is believed about where a call comes from and what it was addressed to.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("10.9.9.9", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8; 127.0.0.0/8", true)]
    public async Task What_a_call_says_of_where_it_comes_from_is_believed_of_known_proxies_alone(string known, bool isBelieved)
    {
        await using var town = await Town.FoundAsync(Options(o => o.Proxies = known, limit: 2));
        using var visitor = await town.HttpAsync();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await CallAsync(visitor, $"203.0.113.{i}")).Status);
        }

        Assert.Equal(isBelieved, statuses.TrueForAll(s => s == HttpStatusCode.OK));
        Assert.Equal(!isBelieved, statuses.Contains(HttpStatusCode.TooManyRequests));
    }

    /// <summary>The proxy adds the true address at the end; what stands before it is the caller's own invention.</summary>
    [Fact]
    public async Task An_invented_address_before_the_true_one_gets_nobody_a_fresh_share()
    {
        await using var town = await Town.FoundAsync(Options(o => o.Proxies = "127.0.0.1", limit: 2));
        using var visitor = await town.HttpAsync();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await CallAsync(visitor, $"198.51.100.{i}, 203.0.113.7")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("linli.example.gov.cn", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("linli.example.gov.cn.evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_the_names_of_the_installation_are_served(string host, HttpStatusCode expected)
    {
        await using var town = await Town.FoundAsync(Options(o => o.Hosts = "linli.example.gov.cn"));
        using var visitor = await town.HttpAsync();

        Assert.Equal(expected, (await visitor.SendRawAsync(HttpMethod.Get, "/", null, [("Host", host)])).Status);
    }

    [Fact]
    public async Task A_made_up_host_stands_in_no_answer()
    {
        await using var town = await Town.FoundAsync();
        using var staff = await town.HttpAsync("guanli");
        foreach (var door in town.Doors().Where(d => d.IsSafe && !d.IsStream))
        {
            var answer = await staff.SendRawAsync(door.Method, door.PathWith(), null, [("Host", "evil.example"), ("X-Forwarded-Host", "evil2.example"), ("X-Forwarded-Proto", "javascript")]);
            if (answer.Text.Contains("evil", StringComparison.Ordinal) && (door.Route is "/api" or "/feeds/requests.atom" || door.Route.StartsWith("/open311", StringComparison.Ordinal)))
            {
                Assert.Equal("no-store", answer.Headers["Cache-Control"]); // it names the address that the reader came by, where no other is configured; nobody else gets that answer
                continue;
            }

            Assert.DoesNotContain("evil", answer.Text + answer.Headers.GetValueOrDefault("Location"), StringComparison.Ordinal);
        }
    }

    private static Task<Answer> CallAsync(Visitor visitor, string from) => visitor.SendRawAsync(HttpMethod.Get, "/track", null, [("X-Forwarded-For", from)]);

    private static TownOptions Options(Action<WebOptions> web, int? limit = null) => new()
    {
        RealPort = limit is not null,
        Settings = services =>
        {
            services.Configure(web);
            if (limit is { } most)
            {
                services.Configure<LimitsOptions>(o => (o.Enabled, o.Reading, o.Sharing) = (true, most, 1));
            }
        },
    };
}
