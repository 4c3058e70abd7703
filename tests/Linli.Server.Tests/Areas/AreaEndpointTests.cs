using System.Net;
using System.Text;
using System.Text.Json;
using Linli.Kernel.Areas;
using Linli.Kernel.People;

namespace Linli.Server.Tests.Areas;

public sealed class AreaEndpointTests(HuguanTown huguan) : IClassFixture<HuguanTown>
{
    private readonly HttpClient _anybody = huguan.Anybody;

    [Fact]
    public async Task The_list_goes_down_from_the_county_to_the_grids()
    {
        Assert.Equal(11, (await GetAsync("/api/areas?parent=140427")).GetArrayLength());
        var communities = await GetAsync("/api/areas?parent=140427100");
        Assert.Equal("城南社区", communities[0].GetProperty("name").GetString());
        Assert.Equal("village", communities[0].GetProperty("level").GetString());
        Assert.Equal(4, communities[0].GetProperty("children").GetInt32());
        Assert.Contains((await GetAsync("/api/areas")).EnumerateArray(), a => a.GetProperty("code").GetString() == "140427");
    }

    [Fact]
    public async Task One_area_comes_with_the_way_down_to_it()
    {
        var area = await GetAsync("/api/areas/140427100001");
        Assert.Equal(["壶关县", "龙泉镇", "城南社区"], area.GetProperty("path").EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        Assert.Equal(4, area.GetProperty("children").GetArrayLength());
        Assert.True(area.GetProperty("area").GetProperty("isDemoShape").GetBoolean());
    }

    [Theory]
    [InlineData("lon=113.214793&lat=35.959858", "140427101239", true)]
    [InlineData("lon=113.221262&lat=35.959817&system=gcj02", "140427101239", true)]
    [InlineData("lon=113.214793&lat=35.959858&system=GCJ02", "140427101", true)] // 600 m further: elsewhere, but in the same town
    [InlineData("lon=112.9&lat=36.1", "140427201", false)]
    public async Task A_point_is_located_in_any_coordinate_system(string query, string code, bool isInside)
    {
        var found = await GetAsync("/api/areas/locate?" + query);
        Assert.StartsWith(code, found.GetProperty("area").GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(isInside, found.GetProperty("isInside").GetBoolean());
        Assert.Equal(isInside, found.GetProperty("metres").GetDouble() == 0);
    }

    [Fact]
    public async Task A_written_address_finds_its_places_with_reasons()
    {
        var found = (await GetAsync("/api/places?text=" + Uri.EscapeDataString("龙泉镇城南社区卫生站对面")))[0];
        Assert.Equal(("140427100001", 1.0, true, "卫生站对面"), (
            found.GetProperty("area").GetProperty("code").GetString(), found.GetProperty("confidence").GetDouble(), found.GetProperty("isSure").GetBoolean(), found.GetProperty("detail").GetString()));
        Assert.Equal("area", found.GetProperty("kind").GetString());
        Assert.Contains(found.GetProperty("reasons").EnumerateArray(), r => r.GetString()!.Contains("龙泉镇", StringComparison.Ordinal));
        Assert.Equal(2, (await GetAsync("/api/places?limit=2&text=" + Uri.EscapeDataString("洪掌村"))).GetArrayLength());
        Assert.Equal(0, (await GetAsync("/api/places?text=%00")).GetArrayLength());
    }

    [Theory]
    [InlineData("/api/places", "text")]
    [InlineData("/api/places?text=%20", "text")]
    [InlineData("/api/areas/locate", "lon")]
    [InlineData("/api/areas/locate?lon=&lat=36", "lon")]
    [InlineData("/api/areas/locate?lon=113", "lat")]
    [InlineData("/api/areas/locate?lon=eins&lat=36", "lon")]
    [InlineData("/api/areas/locate?lon=NaN&lat=36", "lon")]
    [InlineData("/api/areas/locate?lon=36.1&lat=113.2", "lon")]
    [InlineData("/api/areas/locate?lon=-71&lat=42", "lon")]
    [InlineData("/api/areas/locate?lon=113&lat=36&system=wgs72", "system")]
    [InlineData("/api/areas/locate?lon=113&lat=36&system=7", "system")]
    [InlineData("/api/areas/boundaries?level=street", "level")]
    public async Task Wrong_input_is_refused_with_the_field_named(string address, string field)
    {
        using var answer = await _anybody.GetAsync(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("/api/areas/999999")]
    [InlineData("/api/areas/%27%3B%20drop%20table")]
    [InlineData("/api/areas?parent=999999")]
    [InlineData("/api/areas/search?q=x&within=999999")]
    [InlineData("/api/areas/boundaries?within=999999")]
    public async Task An_unknown_code_is_not_found(string address)
    {
        using var answer = await _anybody.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_is_looked_up()
    {
        var found = await GetAsync("/api/areas/search?q=" + Uri.EscapeDataString("龙泉镇城南社区卫生站对面"));
        Assert.Equal("140427100001", found[0].GetProperty("area").GetProperty("code").GetString());
        Assert.Equal(1, found[0].GetProperty("confidence").GetDouble());
        Assert.Equal(0, (await GetAsync("/api/areas/search")).GetArrayLength());
    }

    [Fact]
    public async Task Boundaries_are_GeoJson_that_Linli_itself_can_import()
    {
        using var answer = await _anybody.GetAsync("/api/areas/boundaries?within=140427");
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
        var geoJson = await answer.Content.ReadAsStringAsync();
        Assert.Equal(306, JsonDocument.Parse(geoJson).RootElement.GetProperty("features").GetArrayLength());
        await using var csv = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "areas", "huguan.csv"));
        var again = await huguan.Town.InScopeAsync((ImportAreas import) =>
            import.ImportAsync(new AreaFiles(csv, new MemoryStream(Encoding.UTF8.GetBytes(geoJson))), Actor.System));
        Assert.Empty(again.Value.Astray);
        Assert.Empty(again.Value.Unmatched);
    }

    [Fact]
    public async Task A_browser_keeps_boundaries_and_asks_whether_they_changed()
    {
        using var first = await _anybody.GetAsync("/api/areas/boundaries?level=town&within=140427");
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge.TotalMinutes: >= 30 });
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/areas/boundaries?level=town&within=140427");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _anybody.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var answer = await _anybody.GetAsync(address);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }
}
