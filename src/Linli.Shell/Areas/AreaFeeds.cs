using System.Globalization;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Areas;

/// <summary>All areas in one file, for other systems: as a table, and on a map.</summary>
public static class AreaFeeds
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private static readonly string[] Columns = ["code", "parent_code", "level", "name", "name_en", "full_name", "longitude", "latitude", "is_demo_shape"];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feeds/areas.csv", async (AreaMaps maps, CancellationToken cancellation) =>
            new Cacheable(Csv((await maps.CurrentAsync(cancellation)).All), "text/csv; charset=utf-8", MaxAge)).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapGet("/feeds/areas.geojson", async (AreaMaps maps, CancellationToken cancellation) =>
        {
            var map = await maps.CurrentAsync(cancellation);
            return new Cacheable(AreaBoundaries.Write(map, map.All.Where(a => a.EndedOn is null)), "application/geo+json", MaxAge);
        }).Public().Costs(Cost.Searching).ExcludeFromDescription();
    }

    /// <summary>Areas of today, UTF-8 with a mark at the beginning so that Excel reads Chinese.</summary>
    public static byte[] Csv(IEnumerable<AreaNode> areas)
    {
        var text = new StringBuilder(CsvTable.Line(Columns)).Append("\r\n");
        foreach (var area in areas.Where(a => a.EndedOn is null).OrderBy(a => a.Code, StringComparer.Ordinal))
        {
            text.Append(CsvTable.WordsOnly(
            [
                area.Code, area.ParentCode ?? "", $"{area.Level}".ToLowerInvariant(), area.Name, area.NameEn ?? "", area.FullName,
                area.Point?.Longitude.ToString("0.######", CultureInfo.InvariantCulture) ?? "", area.Point?.Latitude.ToString("0.######", CultureInfo.InvariantCulture) ?? "", area.IsDemoShape ? "true" : "false",
            ])).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
