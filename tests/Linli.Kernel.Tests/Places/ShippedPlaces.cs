using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.Places;
using Linli.Kernel.Tests.Areas;

namespace Linli.Kernel.Tests.Places;

/// <summary>The gazetteer of the demo county as it ships.</summary>
internal static class ShippedPlaces
{
    public static Gazetteer Gazetteer { get; } = Load();

    private static Gazetteer Load()
    {
        var problems = new ImportProblems();
        using var places = File.OpenRead(Path.Combine(ShippedData.Folder("areas"), "huguan-places.csv"));
        using var organisations = File.OpenRead(Path.Combine(ShippedData.Folder("organisations"), "huguan.csv"));
        var named = PlaceCsv.Read(places, "huguan-places.csv", CoordinateSystem.Wgs84, problems)
            .Select(r => new NamedPlace { Name = r.Name, Kind = r.Kind, AreaCode = r.Area, Longitude = r.Point?.Longitude, Latitude = r.Point?.Latitude }).ToList();
        var active = OrganisationCsv.Read(organisations, "huguan.csv", problems)
            .Select(r => new Organisation { Code = r.Code, Name = r.Name, ShortName = r.ShortName, Kind = r.Kind, AreaCode = r.Area, Address = r.Address }).ToList();
        Assert.Equal(0, problems.Count);
        Assert.All(named, p => Assert.NotNull(Shipped.Map.Find(p.AreaCode)));
        return Gazetteer.Build(Shipped.Map, active, named, []);
    }
}
