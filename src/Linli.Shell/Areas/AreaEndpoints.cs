using System.Globalization;
using Linli.Shell.Limits;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Areas;

/// <summary>Areas for everybody: the list to pick from, where a point lies, what a name means.</summary>
internal static class AreaEndpoints
{
    private const int MostFound = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var areas = routes.MapGroup("/api/areas").WithTags("areas").Public();
        areas.MapGet("", ListAsync).WithName("ListAreas").WithSummary("Areas below parent, by code; without parent, the top.").Produces<AreaAnswer[]>().ProducesProblem(StatusCodes.Status404NotFound);
        areas.MapGet("{code}", OneAsync).WithName("ReadArea").WithSummary("One area, with the way down to it and the areas below.").Produces<AreaDetailAnswer>();
        areas.MapGet("locate", LocateAsync).Costs(Cost.Searching).WithName("LocatePoint").WithSummary("Where a point lies: lon and lat in degrees, system wgs84 (default), gcj02 or bd09.").Produces<LocateAnswer>();
        areas.MapGet("search", SearchAsync).Costs(Cost.Searching).WithName("SearchAreas").WithSummary("What a name, an address or pinyin may mean, best first; within keeps it below one area.").Produces<AreaFoundAnswer[]>().ProducesProblem(StatusCodes.Status404NotFound);
        AreaBoundaries.Map(areas);
        AreaFeeds.Map(routes);
    }

    private static async Task<IResult> ListAsync(AreaMaps maps, string? parent, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        return parent is null ? Answer(map.Roots.Select(a => AreaAnswer.Of(map, a)))
            : map.Find(parent) is null ? Unknown(parent)
            : Answer(map.ChildrenOf(parent).Select(a => AreaAnswer.Of(map, a)));
    }

    private static async Task<IResult> OneAsync(AreaMaps maps, string code, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        return map.Find(code) is { } area
            ? Results.Json(new AreaDetailAnswer(
                AreaAnswer.Of(map, area), [.. map.PathTo(code).Select(a => AreaAnswer.Of(map, a))], [.. map.ChildrenOf(code).Select(a => AreaAnswer.Of(map, a))]), Json.Plain)
            : Unknown(code);
    }

    private static async Task<IResult> LocateAsync(AreaMaps maps, string? lon, string? lat, string? system, CancellationToken cancellation)
    {
        var problems = new List<FieldProblem>();
        var given = new GeoPoint(Number(lon, nameof(lon), problems), Number(lat, nameof(lat), problems));
        if (!Enum.TryParse<CoordinateSystem>(system ?? nameof(CoordinateSystem.Wgs84), ignoreCase: true, out var from) || !Enum.IsDefined(from))
        {
            problems.Add(new(nameof(system), "坐标系“{0}”无效，应为 wgs84、gcj02 或 bd09。", Short(system!)));
        }

        if (problems.Count == 0 && Coordinates.ProblemWith(given, nameof(lon)) is { } problem)
        {
            problems.Add(problem);
        }

        if (problems.Count > 0)
        {
            return new Problem(new Failure.Invalid(problems));
        }

        var map = await maps.CurrentAsync(cancellation);
        var point = Coordinates.ToWgs84(given, from);
        var nearest = map.Nearest(point.Longitude, point.Latitude);
        return Results.Json(new LocateAnswer(
            Math.Round(point.Longitude, 6), Math.Round(point.Latitude, 6), map.IsInsideJurisdiction(point.Longitude, point.Latitude),
            nearest is null ? null : AreaAnswer.Of(map, nearest.Area),
            nearest is null ? [] : [.. map.PathTo(nearest.Area.Code).Select(a => AreaAnswer.Of(map, a))],
            nearest is null ? null : Math.Round(nearest.Metres, 1)), Json.Plain);
    }

    private static async Task<IResult> SearchAsync(AreaMaps maps, string? q, string? within, int? limit, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        return within is not null && map.Find(within) is null ? Unknown(within)
            : Answer(map.Search.Find(q ?? "", Math.Clamp(limit ?? 10, 1, MostFound), within)
                .Select(c => new AreaFoundAnswer(AreaAnswer.Of(map, c.Area), c.Confidence, c.Matched)));
    }

    internal static Problem Unknown(string code) => new(new Failure.NotFound("没有代码为“{0}”的区域。", Short(code)));

    private static IResult Answer<T>(IEnumerable<T> answers) => Results.Json(answers.ToList(), Json.Plain);

    private static double Number(string? text, string field, List<FieldProblem> problems)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        problems.Add(text is null ? new(field, "请给出经度 lon 和纬度 lat。") : new(field, "“{0}”不是数字。", Short(text)));
        return double.NaN;
    }

    private static string Short(string text) => text.Length > 20 ? text[..20] + "…" : text;
}
