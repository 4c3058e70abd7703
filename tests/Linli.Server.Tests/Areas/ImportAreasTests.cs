using System.Text;
using Linli.Kernel;
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

    public async ValueTask InitializeAsync() => _town = await Town.EmptyAsync();

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
