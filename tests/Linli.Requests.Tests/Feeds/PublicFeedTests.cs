using System.Net;
using System.Xml.Linq;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Mail;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Feeds;

/// <summary>What everybody may follow: Atom, GeoJSON and CSV.</summary>
public sealed class PublicFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task Public_requests_are_an_atom_feed_that_can_be_narrowed_by_area_and_type()
    {
        await using var town = await LoopTown.FoundAsync();
        var here = (await town.ReportAsync(text: "灯坏了 <b>&\u0007 13812345678")).Number;
        var there = (await town.ReportAsync(area: "140427101241")).Number;
        var lamp = (await town.ReportAsync(type: "street-lamp")).Number;
        using var reader = await town.Town.HttpAsync();

        var answer = await reader.GetAsync("/feeds/requests.atom");
        Assert.Equal(("application/atom+xml", "no-store"), (answer.ContentType, answer.Headers["Cache-Control"]));
        var feed = XDocument.Parse(answer.Text).Root!;
        Assert.All(new[] { "id", "title", "updated" }, name => Assert.Single(feed.Elements(Atom + name)));
        Assert.All(feed.Descendants(Atom + "link"), l => Assert.StartsWith("http://localhost/", (string)l.Attribute("href")!, StringComparison.Ordinal));   // readers keep the file
        Assert.Equal("http://localhost/feeds/requests.atom", feed.Elements(Atom + "link").Single(l => (string)l.Attribute("rel")! == "self").Attribute("href")!.Value);
        Assert.Equal(new[] { here, there, lamp }.Order(StringComparer.Ordinal), Numbers(answer.Text));
        Assert.All(feed.Elements(Atom + "entry"), e => Assert.All(new[] { "id", "title", "updated" }, name => Assert.Single(e.Elements(Atom + name))));
        Assert.DoesNotContain("13812345678", answer.Text, StringComparison.Ordinal);

        Assert.Equal([lamp], Numbers((await reader.GetAsync("/feeds/requests.atom?type=street-lamp")).Text));
        Assert.Equal([there], Numbers((await reader.GetAsync("/feeds/requests.atom?area=140427101")).Text));
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendRawAsync(HttpMethod.Get, "/feeds/requests.atom", null, [("If-None-Match", answer.Headers["ETag"])])).Status);

        await town.DoAsync("paidan", here, "unpublication", new { reason = "有个人信息" });
        Assert.DoesNotContain(here, Numbers((await reader.SendRawAsync(HttpMethod.Get, "/feeds/requests.atom", null, [("If-None-Match", answer.Headers["ETag"])])).Text));

        // Readers that go by time alone: what is gone says nowhere when it went.
        var byTime = await reader.SendRawAsync(HttpMethod.Get, "/feeds/requests.atom", null, [("If-Modified-Since", town.Clock.Now.AddDays(1).ToString("R"))]);
        Assert.Equal(HttpStatusCode.OK, byTime.Status);
        Assert.DoesNotContain(here, Numbers(byTime.Text));
    }

    [Fact]
    public async Task Where_the_site_s_address_is_known_the_feed_says_it_and_may_be_kept()
    {
        await using var town = await Town.FoundAsync(new TownOptions { Settings = s => s.Configure<MailOptions>(o => o.SiteAddress = "https://linli.example/") });
        using var reader = await town.HttpAsync();
        var answer = await reader.GetAsync("/feeds/requests.atom");
        Assert.Equal("public, max-age=300", answer.Headers["Cache-Control"]);
        Assert.All(XDocument.Parse(answer.Text).Descendants(Atom + "link"), l => Assert.StartsWith("https://linli.example/", (string)l.Attribute("href")!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("state=foo", "state")]
    [InlineData("area=999", "area")]
    [InlineData("area=140427100&area=140427101", "area")]
    [InlineData("type=flying", "type")]
    [InlineData("group=nothing", "group")]
    public async Task A_filter_that_says_nothing_is_refused_alike_in_lists_feeds_and_on_the_map(string query, string field)
    {
        await using var town = await LoopTown.FoundAsync();
        using var reader = await town.Town.HttpAsync();
        foreach (var address in new[] { "/api/public/requests", "/feeds/requests.atom", "/api/public/requests.geojson" })
        {
            var refused = await reader.GetAsync($"{address}?{query}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.True(refused.Json().GetProperty("errors").TryGetProperty(field, out _), refused.Text);
        }
    }

    [Fact]
    public async Task Points_on_the_map_can_be_narrowed_by_type_and_need_not_be_fetched_twice()
    {
        await using var town = await LoopTown.FoundAsync();
        foreach (var type in new[] { LoopTown.Plain, "street-lamp" })
        {
            Assert.Equal(HttpStatusCode.Created, (await town.SendReportAsync(new { serviceType = type, text = "坏了，请修一下", place = new { longitude = 113.2064321987, latitude = 36.1151234567 }, idempotencyKey = Guid.NewGuid().ToString("N") })).Status);
        }

        using var reader = await town.Town.HttpAsync();
        var points = await reader.GetAsync("/api/public/requests.geojson?type=street-lamp");
        var feature = Assert.Single(points.Json().GetProperty("features").EnumerateArray().ToList());
        Assert.Equal("street-lamp", feature.GetProperty("properties").GetProperty("serviceType").GetString());
        Assert.Equal([113.20643, 36.11512], feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendRawAsync(HttpMethod.Get, "/api/public/requests.geojson?type=street-lamp", null, [("If-None-Match", points.Headers["ETag"])])).Status);
    }

    [Fact]
    public async Task Areas_are_a_table_and_a_map()
    {
        await using var town = await LoopTown.FoundAsync();
        using var reader = await town.Town.HttpAsync();
        var table = (await reader.GetAsync("/feeds/areas.csv")).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var map = (await reader.GetAsync("/feeds/areas.geojson")).Json().GetProperty("features").EnumerateArray().ToList();

        Assert.Equal("code,parent_code,level,name,name_en,full_name,longitude,latitude,is_demo_shape", table[0]);
        Assert.Contains(table, line => line.StartsWith("140427100,140427,town,龙泉镇,", StringComparison.Ordinal));
        Assert.Equal(table.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]).Order(StringComparer.Ordinal), map.Select(f => f.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(map, f => Assert.Equal("Feature", f.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task The_public_list_names_its_feeds_with_what_it_is_narrowed_to()
    {
        await using var town = await LoopTown.FoundAsync();
        using var reader = await town.Town.HttpAsync();
        var page = await reader.GetAsync("/requests?area=140427100");
        var links = page.Page.QuerySelectorAll("link[rel=alternate]").Select(l => l.GetAttribute("href")).ToList();

        Assert.Equal(["/feeds/requests.atom?area=140427100", "/api/public/requests.geojson?area=140427100"], links);
        Assert.All(links, link => Assert.NotNull(page.Page.QuerySelector($"main a[href='{link}']")));
        Assert.All(await Task.WhenAll(links.Select(link => reader.GetAsync(link!))), a => Assert.Equal(HttpStatusCode.OK, a.Status));
    }

    private static IEnumerable<string> Numbers(string feed) =>
        XDocument.Parse(feed).Root!.Elements(Atom + "entry").Select(e => ((string)e.Element(Atom + "id")!).Split(':')[^1]).Order(StringComparer.Ordinal);
}
