using System.Net;
using Linli.Requests.Open311;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Linli.Requests.Tests.Open311.GeoTown;

namespace Linli.Requests.Tests.Open311;

/// <summary>What clients send that is wrong, half or said twice, and several jurisdictions behind one address.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("lat=113.1943&long=36.089", 400, "swapped")]
    [InlineData("lat=36.089", 400, "lat, long")]
    [InlineData("lat=north&long=113.1943", 400, "lat")]
    [InlineData("lat=51.5&long=-0.12", 400, "km outside")]
    [InlineData("lat=36.089&long=113.1943&address_id=140427203", 400, "address_id")]
    [InlineData("address_id=140427203&address_id=140427100001", 400, "address_id")]
    [InlineData("address_id=140427100001&attribute[fault]=dark&attribute[fault]=broken", 400, "attribute[fault]")]
    [InlineData("address_id=140427100001&jurisdiction_id=dc.gov", 404, "dc.gov")]
    [InlineData("address_id=140427100001&service_code=street-lamp&service_code=street-lamp", 400, "service_code")]
    public async Task A_report_that_contradicts_itself_is_told_what_is_wrong(string more, int status, string word)
    {
        await using var town = await GeoTown.FoundAsync();
        var fields = more.Split('&').Select(f => f.Split('=')).Select(f => (f[0], f[1])).ToList();
        Refused(await town.PostAsync("/requests.json", [("service_code", LoopTown.Plain), ("description", "x"), .. fields]), (HttpStatusCode)status, word);
    }

    [Fact]
    public async Task Point_address_and_area_may_come_together_where_they_agree_and_a_description_may_be_left_out()
    {
        await using var town = await GeoTown.FoundAsync();
        var answer = await town.PostAsync("/requests.json", ("service_code", "street-lamp"), ("attribute[fault]", "dark"), ("lat", "36.089"), ("long", "113.1943"), ("address_string", "opposite the clinic"), ("address_id", "140427"), ("unheard_of", "1"));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        var request = await town.Town.LoadAsync(answer.Json()[0].GetProperty("service_request_id").GetString()!);
        Assert.Equal(("opposite the clinic", 36.089, "路灯不亮"), (request.Address, request.Latitude, request.Text));
    }

    [Fact]
    public async Task The_address_and_the_form_may_not_say_different_things()
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.PostAsync("/requests.json?service_code=street-lamp", ("service_code", LoopTown.Plain), ("description", "x"), ("address_id", LoopTown.Chengnan)), HttpStatusCode.BadRequest, "service_code");
        Assert.Equal(HttpStatusCode.OK, (await town.PostAsync($"/requests.json?service_code={LoopTown.Plain}", ("description", "x"), ("address_id", LoopTown.Chengnan))).Status);
    }

    [Theory]
    [InlineData("/requests.json?extensions=perhaps", "extensions")]
    [InlineData("/requests.json?updated_after=2026-13-01", "updated_after")]
    [InlineData("/requests.json?page=2000000", "page")]
    [InlineData("/servicerequestupdates.json?page_size=0", "page_size")]
    public async Task A_list_that_cannot_be_read_is_refused_by_name(string path, string word)
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.GetAsync(path), HttpStatusCode.BadRequest, word);
    }

    [Fact]
    public async Task Bodies_that_are_none_are_told_in_the_clients_notation()
    {
        await using var town = await GeoTown.FoundAsync();
        using var broken = new StringContent("--x\r\nnothing", System.Text.Encoding.UTF8) { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } } };
        var answer = await town.Client.SendRawAsync(HttpMethod.Post, $"{Endpoint}/requests.xml", broken, []);
        Assert.Equal("text/xml", answer.ContentType);
        Assert.Empty(GeoSchema.FlawsOf(answer.Text, GeoSchema.Errors));
        using var large = new FormUrlEncodedContent([KeyValuePair.Create("description", new string('x', 5_000)), KeyValuePair.Create("api_key", town.Key), KeyValuePair.Create("service_code", LoopTown.Plain), KeyValuePair.Create("address_id", LoopTown.Chengnan)]);
        Refused(await town.Client.SendRawAsync(HttpMethod.Post, $"{Endpoint}/requests.json", large, []), HttpStatusCode.BadRequest, "description");
    }

    [Fact]
    public async Task Where_there_are_several_jurisdictions_one_has_to_be_named_and_nothing_of_another_is_read_or_taken()
    {
        await using var town = await GeoTown.FoundAsync(options: new TownOptions
        {
            Settings = services => services.Configure<Open311Options>(o => (o.Jurisdictions["huguan.example"], o.Jurisdictions["shipo.example"]) = ("140427", "140427203")),
        });
        Refused(await town.GetAsync("/requests.json"), HttpStatusCode.BadRequest, "shipo.example");
        Refused(await town.GetAsync("/services.json?jurisdiction_id=140427"), HttpStatusCode.NotFound, "140427");
        Assert.Equal(HttpStatusCode.OK, (await town.Client.GetAsync("/open311/discovery.json")).Status);
        var number = await town.ReportAsync("dark", ("jurisdiction_id", "huguan.example"));
        Assert.Equal(1, (await town.GetAsync("/requests.json?jurisdiction_id=huguan.example")).Json().GetArrayLength());
        Assert.Equal(0, (await town.GetAsync("/requests.json?jurisdiction_id=shipo.example")).Json().GetArrayLength());
        Assert.Equal(0, (await town.GetAsync("/servicerequestupdates.json?jurisdiction_id=shipo.example")).Json().GetArrayLength());
        Refused(await town.GetAsync($"/requests/{number}.json?jurisdiction_id=shipo.example"), HttpStatusCode.NotFound, number);
        Refused(await town.PostAsync("/requests.json", ("jurisdiction_id", "shipo.example"), ("service_code", LoopTown.Plain), ("description", "x"), ("address_id", LoopTown.Chengnan)), HttpStatusCode.BadRequest, "140427203");
    }
}
