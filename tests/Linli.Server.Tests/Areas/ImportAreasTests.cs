using System.Text;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Areas;

public sealed class ImportAreasTests : IAsyncLifetime
{
    private const string Header = "code,parent,level,name,name_en,lon,lat,demo,source\n";
    private const string Small = Header + "990427,,county,壶关县,,113.2,36.1,,\n990427100,990427,town,龙泉镇,Longquan Town,113.2,36.1,,\n990427100001,990427100,village,城南社区,,113.2,36.09,true,x\n";
    private Town _town = null!;

    private AreaMaps Maps => _town.Services.GetRequiredService<AreaMaps>();

    public async ValueTask InitializeAsync() => _town = await Town.FoundAsync();

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    [Fact]
    public async Task The_shipped_county_comes_in_whole_and_a_second_time_changes_nothing()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data", "areas");
        async Task<ImportedAreas> ShippedAsync()
        {
            await using Stream csv = File.OpenRead(Path.Combine(folder, "huguan.csv")), geoJson = File.OpenRead(Path.Combine(folder, "huguan.geojson"));
            return (await ImportAsync(new AreaFiles(csv, geoJson))).Value;
        }

        var first = await ShippedAsync();
        Assert.Equal(306, first.Added + first.Unchanged);
        var acts = await CountAsync<AuditEntry>();
        var second = await ShippedAsync();
        Assert.Equal((0, 0, 0, 306), (second.Added, second.Changed, second.Ended, second.Unchanged));
        Assert.Equal(acts, await CountAsync<AuditEntry>());

        var map = await Maps.CurrentAsync();
        Assert.Equal("壶关县龙泉镇城南社区第一网格", map.Find("14042710000101")!.FullName);
        Assert.Equal("鸦村", map.Locate(113.214793, 35.959858)!.Name);
    }

    [Fact]
    public async Task A_change_of_name_is_one_change_and_shows_in_the_map_at_once()
    {
        await ImportAsync(Small);
        Assert.Equal("龙泉镇", (await Maps.CurrentAsync()).Find("990427100")!.Name);
        var result = await ImportAsync(Small.Replace("龙泉镇", "龙泉街道"));
        Assert.Equal((0, 2, 0, 1), (result.Value.Added, result.Value.Changed, result.Value.Ended, result.Value.Unchanged)); // the village's full name, too
        Assert.Equal("壶关县龙泉街道城南社区", (await Maps.CurrentAsync()).Find("990427100001")!.FullName);
    }

    [Fact]
    public async Task A_division_that_vanished_is_ended_not_deleted_and_can_come_back()
    {
        await ImportAsync(Small);
        var without = await ImportAsync(Small[..Small.IndexOf("990427100001", StringComparison.Ordinal)]);
        Assert.Equal(1, without.Value.Ended);
        Assert.Equal(DateOnly.FromDateTime(_town.Clock.Now.ToOffset(TimeSpan.FromHours(8)).Date), (await Maps.CurrentAsync()).Find("990427100001")!.EndedOn);
        Assert.Equal(1, (await ImportAsync(Small)).Value.Changed);
        Assert.Null((await Maps.CurrentAsync()).Find("990427100001")!.EndedOn);
    }

    [Fact]
    public async Task A_file_of_one_town_ends_nothing_in_the_others()
    {
        await ImportAsync(Small + "990427101,990427,town,百尺镇,,,,,\n");
        Assert.Equal(0, (await ImportAsync(Header + "990427101,990427,town,百尺镇,,,,,\n")).Value.Ended);
    }

    [Fact]
    public async Task Boundaries_stay_when_only_the_table_is_imported()
    {
        await ImportAsync(Small, Feature("990427", "[[[113,36],[114,36],[114,37],[113,36]]]"));
        Assert.Equal((0, 3), await ImportAsync(Small) is var r ? (r.Value.Changed, r.Value.Unchanged) : default);
        Assert.NotNull((await Maps.CurrentAsync()).BoundaryOf("990427"));
    }

    [Fact]
    public async Task Gcj02_is_turned_into_Wgs84_on_the_way_in()
    {
        await ImportAsync(new AreaFiles(Bytes(Small), Bytes(Feature("990427", "[[[113,36],[114,36],[114,37],[113,36]]]")), CoordinateSystem.Gcj02));
        var map = await Maps.CurrentAsync();
        Assert.InRange(map.Find("990427")!.Point!.Value.MetresTo(new GeoPoint(113.2, 36.1)), 300, 800);
        Assert.InRange(new GeoPoint(map.BoundaryOf("990427")!.Coordinate.X, map.BoundaryOf("990427")!.Coordinate.Y).MetresTo(new GeoPoint(113, 36)), 300, 800);
    }

    [Fact]
    public async Task Boundaries_without_an_area_and_points_outside_their_boundary_are_reported()
    {
        var result = await ImportAsync(Small, Feature("990427", "[[[113,37],[114,37],[114,38],[113,37]]]", Feature("990499", "[[[113,36],[114,36],[114,37],[113,36]]]")));
        Assert.Equal(["990499"], result.Value.Unmatched);
        Assert.Equal(["990427"], result.Value.Astray);
    }

    [Theory]
    [InlineData("990427100,,town,龙泉镇,,113.2,36.1,,\n990427999001,990427999,village,x,,,,,", "csv:3:parent", "没有上级区域")]
    [InlineData("990427100,,town,龙泉镇,,,,,\n990427101,990427,town,x,,,,,", "csv:3:parent", "没有上级区域")]
    [InlineData("990427,,county,壶关县,,,,,\n990999100,990427,town,x,,,,,", "csv:3:parent", "应以上级代码")]
    [InlineData("99042,,county,壶关县,,,,,", "csv:2:code", "应为 {2} 位")]
    [InlineData("99042７,,county,壶关县,,,,,", "csv:2:code", "应为 {2} 位")]
    [InlineData("990427,,country,壶关县,,,,,", "csv:2:level", "层级")]
    [InlineData("990427,,2,壶关县,,,,,", "csv:2:level", "层级")]
    [InlineData("990427,,county,,,,,,", "csv:2:name", "名称")]
    [InlineData("990427,,county,壶关县,,36.1,113.2,,", "csv:2:lon", "写反")]
    [InlineData("990427,,county,壶关县,,-71.06,42.36,,", "csv:2:lon", "不在中国境内")]
    [InlineData("990427,,county,壶关县,,NaN,36,,", "csv:2:lon", "不是数字")]
    [InlineData("990427,,county,壶关县,,113.2,,,", "csv:2:lon", "同时填写")]
    [InlineData("990427,,county,壶关县,,一百,36,,", "csv:2:lon", "同时填写")]
    [InlineData("990427,,county,壶关县,,,,,\n990427,,county,壶关县,,,,,", "csv:3:code", "重复")]
    [InlineData("", "csv", "没有区域")]
    public async Task A_wrong_row_is_refused_with_its_line_and_nothing_comes_in(string rows, string place, string message)
    {
        var before = await CountAsync<Area>();
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Header + rows)).Failure);
        Assert.Contains(refused.Problems, p => p.Field == place && p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(before, await CountAsync<Area>());
    }

    [Theory]
    [InlineData("[[[113,36],[114,37],[114,36],[113,37],[113,36]]]", "自相交")] // a bow tie
    [InlineData("[[[113,36],[114,36],[114,37],[113,36]],[[115,36],[115.1,36],[115,36.1],[115,36]]]", "自相交")] // a hole outside
    [InlineData("[[[113,36],[114,36],[114,37]]]", "没有闭合")]
    [InlineData("[[[113,36],[114,36],[114,37],[113.1,36.1]]]", "没有闭合")]
    [InlineData("[[[36,113],[36,114],[37,114],[36,113]]]", "写反")]
    [InlineData("[[[2,48],[3,48],[3,49],[2,48]]]", "不在中国境内")]
    [InlineData("[[[\"113\",36],[114,36],[114,37],[113,36]]]", "不是 [经度, 纬度]")]
    [InlineData("[]", "是空的")]
    public async Task A_wrong_boundary_is_refused_with_its_code(string coordinates, string message)
    {
        var before = await CountAsync<Area>();
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, Feature("990427", coordinates))).Failure);
        Assert.Contains(refused.Problems, p => p.Field == "geojson:990427" && p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(before, await CountAsync<Area>());
    }

    [Fact]
    public async Task A_self_crossing_names_its_place()
    {
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, Feature("990427", "[[[113,36],[114,37],[114,36],[113,37],[113,36]]]"))).Failure);
        Assert.Equal(["990427", 113.5, 36.5], refused.Problems[0].Values);
    }

    [Theory]
    [InlineData("{", "有效的 JSON")]
    [InlineData("[]", "FeatureCollection")]
    [InlineData("{\"features\":[{\"properties\":null,\"geometry\":null}]}", "没有 code 属性")]
    [InlineData("{\"features\":[7]}", "没有 code 属性")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"990427\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[113,36]}}]}", "应为 Polygon")]
    public async Task A_file_that_is_no_GeoJson_is_refused(string geoJson, string message)
    {
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, geoJson)).Failure);
        Assert.Contains(message, refused.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("名称,代码\n壶关县,990427\n")]
    [InlineData("")]
    public async Task A_table_without_the_columns_is_refused(string csv) =>
        Assert.Contains("缺少", Assert.IsType<Failure.Invalid>((await ImportAsync(csv)).Failure).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_table_in_another_encoding_is_refused_with_advice()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var refused = await ImportAsync(new AreaFiles(new MemoryStream(Encoding.GetEncoding("GB18030").GetBytes(Small))));
        Assert.Contains("UTF-8", Assert.IsType<Failure.Invalid>(refused.Failure).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheets_table_with_byte_order_mark_quotes_and_line_ends_is_read()
    {
        var result = await ImportAsync(new AreaFiles(new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(
            "\"code\",\"parent\",\"level\",\"name\"\r\n\"990427\",\"\",\"County\",\"壶\"\"关,县\"\r\n\r\n")])));
        Assert.Equal(1, result.Value.Added);
        Assert.Equal("壶\"关,县", (await Maps.CurrentAsync()).Find("990427")!.Name);
    }

    private static string Feature(string code, string coordinates, string? more = null)
    {
        var one = $$$"""{"type":"Feature","properties":{"code":"{{{code}}}"},"geometry":{"type":"Polygon","coordinates":{{{coordinates}}}}}""";
        return $$"""{"type":"FeatureCollection","features":[{{(more is null ? one : one + "," + more[(more.IndexOf('[') + 1)..^2])}}]}""";
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<Outcome<ImportedAreas>> ImportAsync(string csv, string? geoJson = null) =>
        ImportAsync(new AreaFiles(Bytes(csv), geoJson is null ? null : Bytes(geoJson)));

    private Task<Outcome<ImportedAreas>> ImportAsync(AreaFiles files) =>
        _town.InScopeAsync((ImportAreas import) => import.ImportAsync(files, Actor.System, TestContext.Current.CancellationToken));

    private Task<int> CountAsync<T>() where T : class => _town.InScopeAsync((LinliDb db) => db.Set<T>().CountAsync());
}
