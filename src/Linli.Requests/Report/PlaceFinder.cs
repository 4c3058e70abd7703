using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Places;
using Linli.Requests.Steps;

namespace Linli.Requests.Report;

/// <summary>Where it is, as the reporter says it: any of a position, an area from the list, an address.</summary>
/// <param name="Area">Area code.</param>
/// <param name="System">wgs84 (default), gcj02 or bd09.</param>
/// <param name="FromAddress">False: the area is not to be taken from the address, even where that is plain.</param>
public sealed record PlaceInput(string? Area, string? Address, double? Longitude, double? Latitude, string? System, bool? FromAddress = null);

/// <summary>Where it is, as Linli keeps it. WGS 84.</summary>
internal sealed record Place(string? AreaCode, string? Address, double? Longitude, double? Latitude);

/// <summary>Turns what the reporter says into a place, or says what is wrong with it.</summary>
internal sealed class PlaceFinder(AreaMaps maps, Gazetteers gazetteers)
{
    public const int MostAddress = 200;

    /// <summary>So far outside the outline a point still counts as on the border: outlines and telephones are not that exact.</summary>
    public const double BorderMetres = 1_500;

    public async Task<Place> FindAsync(PlaceInput? input, List<FieldProblem> problems, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        var address = Check.Clean(input?.Address);
        if (address?.Length > MostAddress)
        {
            problems.Add(new("address", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostAddress, address.Length));
        }

        var chosen = string.IsNullOrWhiteSpace(input?.Area) ? null : map.Find(input.Area.Trim());
        if (!string.IsNullOrWhiteSpace(input?.Area) && chosen is not { EndedOn: null })
        {
            problems.Add(new("area", "没有代码为“{0}”的区域，或者它已撤并。请从列表中选择。", input.Area.Length > 20 ? input.Area[..20] + "…" : input.Area));
        }

        var point = PointOf(input, problems);
        var located = point is { } at ? Locate(map, at, problems) : null;

        // The list was chosen on purpose and a thumb is broad: the point only says more exactly where inside it.
        var area = chosen is null || located?.Code.StartsWith(chosen.Code, StringComparison.Ordinal) == true ? located?.Code ?? chosen?.Code : chosen.Code;
        if (area is null && point is null && address is { Length: <= MostAddress } && input?.FromAddress != false)
        {
            area = (await gazetteers.CurrentAsync(cancellation)).FindSure(address)?.Area.Code;
        }

        return new Place(area, address, point?.Longitude, point?.Latitude);
    }

    private static GeoPoint? PointOf(PlaceInput? input, List<FieldProblem> problems)
    {
        if (input is not { Longitude: not null } and not { Latitude: not null })
        {
            return null;
        }

        if (input is not { Longitude: { } longitude, Latitude: { } latitude } || !double.IsFinite(longitude) || !double.IsFinite(latitude))
        {
            problems.Add(new("position", "位置要有经度和纬度两个数。请重新在地图上点，或改用列表选村。"));
            return null;
        }

        if (longitude is > 3 and < 54 && latitude is > 73 and < 136)
        {
            problems.Add(new("position", "经度 {0} 和纬度 {1} 好像写反了。经度在前，例如 113.2；纬度在后，例如 36.1。", longitude, latitude));
            return null;
        }

        if (!Enum.TryParse<CoordinateSystem>(string.IsNullOrWhiteSpace(input.System) ? "wgs84" : input.System, ignoreCase: true, out var system) || !Enum.IsDefined(system))
        {
            problems.Add(new("system", "坐标系“{0}”不认识。可以用 wgs84、gcj02（高德、腾讯、微信）或 bd09（百度）。", input.System!));
            return null;
        }

        return Coordinates.ToWgs84(new GeoPoint(longitude, latitude), system);
    }

    private static AreaNode? Locate(AreaMap map, GeoPoint at, List<FieldProblem> problems)
    {
        if (map.Locate(at.Longitude, at.Latitude) is { } inside)
        {
            return inside;
        }

        if (!double.IsFinite(at.Longitude) || Math.Abs(at.Latitude) > 90 || Math.Abs(at.Longitude) > 180)
        {
            problems.Add(new("position", "经度 {0}、纬度 {1} 不是地球上的位置。请重新在地图上点，或改用列表选村。", at.Longitude, at.Latitude));
            return null;
        }

        var nearest = map.Nearest(at.Longitude, at.Latitude);
        if (nearest is { Metres: > BorderMetres })
        {
            problems.Add(new("position", "这个位置在本县以外约 {0:0} 公里。请重新在地图上点，或改用列表选村；外地的事请向当地反映。", nearest.Metres / 1_000));
            return null;
        }

        return nearest?.Area;
    }
}
