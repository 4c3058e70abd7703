using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Report;

/// <summary>Where it is, as the reporter says it: any of a position, an area from the list, an address.</summary>
/// <param name="Area">Area code.</param>
/// <param name="System">wgs84 (default), gcj02 or bd09.</param>
public sealed record PlaceInput(string? Area, string? Address, double? Longitude, double? Latitude, string? System);

/// <summary>Where it is, as Linli keeps it. WGS 84.</summary>
internal sealed record Place(string? AreaCode, string? Address, double? Longitude, double? Latitude);

/// <summary>Turns what the reporter says into a place, or says what is wrong with it.</summary>
internal sealed class PlaceFinder(LinliDb db)
{
    public const int MostAddress = 200;

    public async Task<Place> FindAsync(PlaceInput? input, List<FieldProblem> problems, CancellationToken cancellation)
    {
        var address = Check.Clean(input?.Address);
        if (address?.Length > MostAddress)
        {
            problems.Add(new("address", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostAddress, address.Length));
        }

        var area = string.IsNullOrWhiteSpace(input?.Area) ? null : input.Area.Trim();
        if (area is not null && !await db.Set<Area>().AnyAsync(a => a.Code == area && a.EndedOn == null, cancellation))
        {
            problems.Add(new("area", "没有代码为“{0}”的区域。请从列表中选择。", area.Length > 20 ? area[..20] + "…" : area));
        }

        return new Place(area, address, input?.Longitude, input?.Latitude);
    }
}
