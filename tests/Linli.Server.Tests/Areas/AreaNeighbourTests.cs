using System.Globalization;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Areas;

/// <summary>Boundaries that do not fit their neighbours: mended where nobody can have meant it, else refused or told with the place named.</summary>
public sealed class AreaNeighbourTests : IAsyncLifetime
{
    private const string County = "990427", Town = "990427100", East = "990427100001", West = "990427100002";
    private const string Table = $"code,parent,level,name\n{County},,county,试县\n{Town},{County},town,试镇\n{East},{Town},village,东村\n{West},{Town},village,西村\n";

    // The town is ten kilometres wide; a ten-thousandth of a degree is about nine metres.
    private const string TownShape = "113.0 36.0, 113.1 36.0, 113.1 36.05, 113.0 36.05, 113.0 36.0";
    private Town _town = null!;

    public async ValueTask InitializeAsync() => _town = await Linli.Testing.Town.EmptyAsync();

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    [Fact]
    public async Task Neighbours_that_fit_are_silent_and_nothing_of_them_is_changed()
    {
        var done = (await ImportAsync((Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.04, 113.1)))).Value;
        Assert.Empty(done.Findings);
        Assert.Equal(5, (await MapAsync()).BoundaryOf(East)!.NumPoints);
    }

    [Fact]
    public async Task A_sliver_of_an_overlap_goes_to_the_lower_code_which_has_its_points_anyway()
    {
        var done = (await ImportAsync((Town, TownShape), (East, Box(113.0, 113.0400001)), (West, Box(113.04, 113.1)))).Value;
        var finding = Assert.Single(done.Findings);
        Assert.Contains("已归前者", finding.Message, StringComparison.Ordinal);
        Assert.Equal([$"{East} 东村", $"{West} 西村"], finding.Values.Take(2));
        Assert.InRange((double)finding.Values[2], 20, 100);
        Assert.Equal((113.04, 36.025), (Math.Round((double)finding.Values[3], 3), Math.Round((double)finding.Values[4], 3)));
        var map = await MapAsync();
        Assert.True(map.BoundaryOf(East)!.Intersection(map.BoundaryOf(West)!).Area < 1e-15);
        Assert.Equal(East, map.Locate(113.04000005, 36.02)?.Code);
    }

    [Fact]
    public async Task A_real_overlap_is_refused_with_its_place_unless_it_is_meant()
    {
        (string, string)[] shapes = [(Town, TownShape), (East, Box(113.0, 113.045)), (West, Box(113.04, 113.1))];
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(shapes)).Failure);
        var problem = Assert.Single(refused.Problems);
        Assert.Equal($"geojson:{East}", problem.Field);
        Assert.InRange((double)problem.Values[3], 113.04, 113.045);
        Assert.Equal(0, await CountAsync());

        var accepted = await ImportAsync(shapes, accepts: true);
        Assert.Single(accepted.Value.Findings);
        Assert.Equal(East, (await MapAsync()).Locate(113.042, 36.02)?.Code);
    }

    [Fact]
    public async Task A_gap_is_told_with_its_place_and_a_sliver_of_one_is_given_to_the_neighbour()
    {
        var sliver = (await ImportAsync((Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.0400001, 113.1)))).Value;
        Assert.Contains("已归 {4}", Assert.Single(sliver.Findings).Message, StringComparison.Ordinal);
        Assert.NotEqual(Town, (await MapAsync()).Locate(113.04000005, 36.02)!.Code);

        var wide = Assert.Single((await ImportAsync((Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.05, 113.1)))).Value.Findings);
        Assert.Equal($"{Town} 试镇", wide.Values[0]);
        Assert.InRange((double)wide.Values[2], 113.04, 113.05);
        Assert.Equal(Town, (await MapAsync()).Locate(113.045, 36.02)!.Code);
    }

    [Fact]
    public async Task What_reaches_beyond_the_area_above_is_told()
    {
        var done = (await ImportAsync((Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.04, 113.12)))).Value;
        Assert.Contains("以外", Assert.Single(done.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spike_is_taken_off_and_a_bow_tie_refused()
    {
        var done = (await ImportAsync((East, "113.0 36.0, 113.02 36.0, 113.02 35.99, 113.02 36.0, 113.04 36.0, 113.04 36.05, 113.0 36.05, 113.0 36.0"))).Value;
        Assert.Contains("已修正", Assert.Single(done.Findings).Message, StringComparison.Ordinal);
        Assert.True((await MapAsync()).BoundaryOf(East)!.IsValid);
        Assert.Equal(0.002, (await MapAsync()).BoundaryOf(East)!.Area, 1e-9);
        Assert.False((await ImportAsync((East, "113.0 36.0, 113.04 36.05, 113.04 36.0, 113.0 36.05, 113.0 36.0"))).Succeeded);
    }

    [Fact]
    public async Task A_file_of_one_village_is_held_against_the_neighbours_that_are_there_and_changes_only_itself()
    {
        await ImportAsync((Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.04, 113.1)));
        var alone = $"code,parent,level,name\n{West},{Town},village,西村\n";
        Assert.False((await ImportAsync(alone, false, false, (West, Box(113.03, 113.1)))).Succeeded);
        Assert.Equal(5, (await MapAsync()).BoundaryOf(East)!.NumPoints);
    }

    [Fact]
    public async Task A_dry_run_says_what_it_finds_and_writes_nothing()
    {
        var done = (await ImportAsync(Table, false, true, (Town, TownShape), (East, Box(113.0, 113.04)), (West, Box(113.05, 113.1)))).Value;
        Assert.Equal((4, 1, 0), (done.Added, done.Findings.Count, await CountAsync()));
    }

    private static string Box(double west, double east) =>
        string.Create(CultureInfo.InvariantCulture, $"{west} 36.0, {east} 36.0, {east} 36.05, {west} 36.05, {west} 36.0");

    private Task<Outcome<ImportedAreas>> ImportAsync(params (string Code, string Ring)[] shapes) => ImportAsync(Table, false, false, shapes);

    private Task<Outcome<ImportedAreas>> ImportAsync((string Code, string Ring)[] shapes, bool accepts) => ImportAsync(Table, accepts, false, shapes);

    private Task<Outcome<ImportedAreas>> ImportAsync(string table, bool accepts, bool isDryRun, params (string Code, string Ring)[] shapes)
    {
        var features = shapes.Select(s => $$$"""{"type":"Feature","properties":{"code":"{{{s.Code}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{s.Ring.Replace(", ", "],[").Replace(' ', ',')}}}]]]}}""");
        var geoJson = $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";
        return _town.InScopeAsync((ImportAreas import) => import.ImportAsync(
            new AreaFiles(new MemoryStream(Encoding.UTF8.GetBytes(table)), new MemoryStream(Encoding.UTF8.GetBytes(geoJson)), AcceptsOverlaps: accepts, IsDryRun: isDryRun), Actor.System));
    }

    private ValueTask<AreaMap> MapAsync() => _town.Services.GetRequiredService<AreaMaps>().CurrentAsync();

    private Task<int> CountAsync() => _town.ReadAsync(db => db.Set<Area>().CountAsync());
}
