using Linli.Kernel;
using Linli.Shell.Limits;
using Linli.Kernel.Areas;
using Linli.Kernel.Places;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Areas;

/// <summary>A place that an address may mean.</summary>
/// <param name="Area">Where it is, or the area itself.</param>
/// <param name="Name">Of the most exact thing that was named: an estate, a road, a village.</param>
/// <param name="Longitude">Of that thing, where known; WGS 84.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="IsSure">Linli would take it without asking.</param>
/// <param name="Matched">What the text calls it.</param>
/// <param name="Detail">What the text says after it.</param>
/// <param name="Reasons">Why, in the reader's language.</param>
public sealed record PlaceFoundAnswer(
    AreaAnswer Area, string Name, PlaceKind Kind, double? Longitude, double? Latitude, double Confidence, bool IsSure, string Matched, string? Detail, IReadOnlyList<string> Reasons);

/// <summary>From written addresses to places, for everybody.</summary>
internal static class PlaceEndpoints
{
    private const int MostFound = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/places", FindAsync).Public().Costs(Cost.Searching).WithTags("areas").WithName("FindPlaces")
            .WithSummary("What places a written Chinese address may mean, best first, with reasons. Levels may be left out; old names and many a wrong character are understood.")
            .Produces<PlaceFoundAnswer[]>();

    private static async Task<IResult> FindAsync(Gazetteers gazetteers, AreaMaps maps, Texts texts, string? text, int? limit, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Problem(new Failure.Invalid(nameof(text), "请在 text 里写出地址。"));
        }

        var (places, map) = (await gazetteers.CurrentAsync(cancellation), await maps.CurrentAsync(cancellation));
        var sure = places.FindSure(text);
        return Results.Json(places.Find(text, Math.Clamp(limit ?? 5, 1, MostFound)).Select(c => new PlaceFoundAnswer(
            AreaAnswer.Of(map, c.Area), c.Name, c.Kind, c.Point?.Longitude, c.Point?.Latitude, c.Confidence, c.Area == sure?.Area, c.Matched, c.Detail,
            [.. c.Reasons.Select(r => texts[r.Message, r.Values])])).ToList(), Json.Plain);
    }
}
