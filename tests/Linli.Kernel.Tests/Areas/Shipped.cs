using Linli.Kernel.Areas;

namespace Linli.Kernel.Tests.Areas;

/// <summary>The demo county as it ships.</summary>
internal static class Shipped
{
    public static IReadOnlyList<Area> Areas { get; } = Load();
    public static AreaMap Map { get; } = AreaMap.Build(Areas);

    public static Stream Csv() => Open("huguan.csv");
    public static Stream GeoJson() => Open("huguan.geojson");

    private static FileStream Open(string name) => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "areas", name));

    private static List<Area> Load()
    {
        var problems = new Problems();
        using Stream csv = Csv(), geoJson = GeoJson();
        var rows = AreaCsv.Read(csv, CoordinateSystem.Wgs84, problems);
        var boundaries = AreaGeoJson.ReadAsync(geoJson, CoordinateSystem.Wgs84, problems, [], TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.Equal(0, problems.Count);
        var merge = new AreaMerge([], DateTimeOffset.UnixEpoch);
        merge.Apply(rows, boundaries.ToDictionary(b => b.Code));
        var result = merge.Result(boundaries, []);
        Assert.Empty(result.Unmatched);
        Assert.Empty(result.Astray);
        return merge.New;
    }
}
