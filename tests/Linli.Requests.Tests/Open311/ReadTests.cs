using System.Globalization;
using System.Net;
using Linli.Requests.Tests.Loop;
using static Linli.Requests.Tests.Open311.GeoTown;

namespace Linli.Requests.Tests.Open311;

/// <summary>GeoReport v2 for whoever reads: services, definitions, requests, in both notations.</summary>
public sealed class ReadTests
{
    [Fact]
    public async Task Discovery_services_and_definitions_say_the_same_in_both_notations()
    {
        await using var town = await GeoTown.FoundAsync();
        var discovery = await town.Client.GetAsync("/open311/discovery.xml");
        Assert.Equal("text/xml; charset=utf-8", discovery.Headers["Content-Type"]);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", discovery.Text, StringComparison.Ordinal);
        var endpoint = Xml(discovery).Element("endpoints")!.Element("endpoint")!;
        Assert.EndsWith("/open311/v2", endpoint.Element("url")!.Value, StringComparison.Ordinal);
        Assert.Equal(["text/xml", "application/json"], endpoint.Element("formats")!.Elements("format").Select(f => f.Value));

        var (xml, json) = (Xml(await town.GetAsync("/services.xml")), (await town.GetAsync("/services.json")).Json());
        var (first, second) = (xml.Elements("service").ToList(), json.EnumerateArray().ToList());
        Assert.True(first.Count > 100);
        Assert.Equal(first.Select(s => s.Element("service_code")!.Value), second.Select(s => s.GetProperty("service_code").GetString()));
        Assert.Equal(["batch", "blackbox", "realtime"], first.Select(s => s.Element("type")!.Value).Distinct().Order());

        var lamp = second.Single(s => s.GetProperty("service_code").GetString() == "street-lamp");
        Assert.True(lamp.GetProperty("metadata").GetBoolean());
        var definition = Xml(await town.GetAsync("/services/street-lamp.xml"));
        var attributes = definition.Element("attributes")!.Elements("attribute").ToList();
        Assert.Equal("street-lamp", definition.Element("service_code")!.Value);
        Assert.Equal(Enumerable.Range(1, attributes.Count).Select(n => n.ToString(CultureInfo.InvariantCulture)), attributes.Select(a => a.Element("order")!.Value));
        var fault = attributes.Single(a => a.Element("code")!.Value == "fault");
        Assert.Equal("singlevaluelist", fault.Element("datatype")!.Value);
        Assert.Contains("dark", fault.Element("values")!.Elements("value").Select(v => v.Element("key")!.Value));
        Refused(await town.GetAsync("/services/no-such-thing.json"), HttpStatusCode.NotFound, "no-such-thing");
    }

    [Fact]
    public async Task A_request_is_read_alone_in_lists_and_after_its_steps()
    {
        await using var town = await GeoTown.FoundAsync();
        var number = await town.ReportAsync("The lamp is dark, call 13800138000", ("lat", "36.089"), ("long", "113.1943"), ("address_string", "opposite the clinic"));
        var open = (await town.GetAsync($"/requests/{number}.json")).Json()[0];
        Assert.Equal("open", open.GetProperty("status").GetString());
        Assert.Equal("The lamp is dark, call 138********", open.GetProperty("description").GetString());
        Assert.Equal(36.089, open.GetProperty("lat").GetDouble());
        Assert.EndsWith("+08:00", open.GetProperty("requested_datetime").GetString(), StringComparison.Ordinal);
        Assert.False(open.TryGetProperty("extended_attributes", out _));

        await town.Town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.Town.DoAsync("shizheng", number, "signature");
        await town.Town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "换了灯泡" });
        var request = Xml(await town.GetAsync($"/requests/{number}.xml?extensions=true")).Element("request")!;
        Assert.Equal("换了灯泡", request.Element("status_notes")!.Value);
        Assert.NotEqual("", request.Element("agency_responsible")!.Value);
        Assert.Equal("1", request.Element("extended_attributes")!.Element("supporters")!.Value);
        var updates = (await town.GetAsync($"/servicerequestupdates.json?service_request_id={number}")).Json();
        Assert.Contains("换了灯泡", updates.EnumerateArray().Select(u => u.GetProperty("description").GetString()));
        Refused(await town.GetAsync("/requests/260101-000001.json"), HttpStatusCode.NotFound, "260101-000001");
    }

    [Fact]
    public async Task Lists_hold_to_their_filters_pages_and_ninety_days()
    {
        await using var town = await GeoTown.FoundAsync();
        var old = await town.ReportAsync("long ago");
        town.Town.Clock.Advance(TimeSpan.FromDays(100));
        var begin = town.Town.Clock.Now;
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            town.Town.Clock.Advance(TimeSpan.FromMinutes(1));
            numbers.Add(await town.ReportAsync($"number {i}"));
        }

        Task<List<string>> Ids(string query) => IdsAsync(town, query);
        Assert.Equal(numbers.AsEnumerable().Reverse(), await Ids(""));
        Assert.Equal([numbers[2], numbers[1]], await Ids("?page=2&page_size=2"));
        Assert.Empty(await Ids("?page=9&page_size=2"));
        Assert.Equal([numbers[0], old], await Ids($"?service_request_id={old},{numbers[0]}&status=closed&start_date=2001-01-01"));
        Assert.Equal(5, (await Ids("?service_code=old-estate,street-lamp&status=open")).Count);
        Assert.Empty(await Ids("?status=closed"));
        Assert.Empty(await Ids("?service_code=street-lamp"));
        // A span is cut at ninety days from its beginning; what is longer ago than that needs a date.
        Assert.Equal([old], await Ids($"?start_date={Day(begin.AddDays(-101))}&end_date={Day(begin.AddDays(1))}"));
        Assert.Equal(numbers, await Ids($"?updated_after={Uri.EscapeDataString(begin.ToString("O", CultureInfo.InvariantCulture))}"));
        Assert.Equal(numbers, await Ids($"?updated_after={begin:yyyy-MM-dd'T'HH:mm:sszzz}"));   // with a plus that became a space on the way
    }

    [Theory]
    [InlineData("?status=pending", "status")]
    [InlineData("?start_date=yesterday", "start_date")]
    [InlineData("?start_date=2026-03-02&end_date=2026-03-01", "end_date")]
    [InlineData("?page=0", "page")]
    [InlineData("?page_size=1001", "page_size")]
    [InlineData("?status=open&status=closed", "status")]
    public async Task What_cannot_be_read_is_refused_by_name(string query, string name)
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.GetAsync($"/requests.json{query}"), HttpStatusCode.BadRequest, name);
    }

    [Fact]
    public async Task A_thousand_and_one_numbers_another_place_and_another_notation_are_refused()
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.GetAsync($"/requests.json?service_request_id={string.Join(',', Enumerable.Range(0, 1_001).Select(n => $"26{n:D4}"))}"), HttpStatusCode.BadRequest, "1000");
        Refused(await town.GetAsync("/services.json?jurisdiction_id=dc.gov"), HttpStatusCode.NotFound, "dc.gov");
        Assert.Equal(HttpStatusCode.OK, (await town.GetAsync("/services.json?jurisdiction_id=140427")).Status);
        var odd = await town.GetAsync("/services.yaml");
        Assert.Equal("400", Xml(odd).Element("error")!.Element("code")!.Value);
    }

    [Fact]
    public async Task Every_character_that_can_be_typed_leaves_both_notations_well_formed()
    {
        await using var town = await GeoTown.FoundAsync();
        var number = await town.ReportAsync("a\u0001b\uFFFEc 🚲 <script>&]]> \u202E 末");
        var said = Xml(await town.GetAsync($"/requests/{number}.xml")).Element("request")!.Element("description")!.Value;
        Assert.Contains("🚲 <script>&]]>", said, StringComparison.Ordinal);
        Assert.Equal(said, (await town.GetAsync($"/requests/{number}.json")).Json()[0].GetProperty("description").GetString());
    }

    private static async Task<List<string>> IdsAsync(GeoTown town, string query)
    {
        var answer = await town.GetAsync($"/requests.json{query}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Json().EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!)];
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
