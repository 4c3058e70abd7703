using System.Buffers;
using Linli.Shell.Limits;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using NetTopologySuite.Geometries;

namespace Linli.Shell.Areas;

/// <summary>
/// Boundaries as GeoJSON (RFC 7946) for maps. They change once in years: a browser keeps them for an hour, and asks with the
/// entity tag after that.
/// </summary>
internal static class AreaBoundaries
{
    private const string GeoJson = "application/geo+json";

    public static void Map(IEndpointRouteBuilder areas) =>
        areas.MapGet("boundaries", BoundariesAsync).Costs(Cost.Searching).WithName("ReadBoundaries").Produces(200, contentType: GeoJson).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Boundaries as GeoJSON: within keeps it to one area and what lies in it, level to one level (county, town, village, grid).");

    private static async Task<IResult> BoundariesAsync(HttpContext context, AreaMaps maps, string? within, string? level, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        if (within is not null && map.Find(within) is null)
        {
            return AreaEndpoints.Unknown(within);
        }

        AreaLevel? only = null;
        if (level is not null)
        {
            if (!Enum.TryParse<AreaLevel>(level, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return new Problem(new Failure.Invalid(nameof(level), "层级“{0}”无效，应为 county、town、village 或 grid。", level.Length > 20 ? level[..20] : level));
            }

            only = parsed;
        }

        var tag = new EntityTagHeaderValue($"\"{map.Version}\"");
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.ETag = tag.ToString();
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(Write(map, map.All.Where(a => a.HasBoundary && (only is null || a.Level == only) && (within is null || AreaCode.IsWithin(a.Code, within)))), GeoJson);
    }

    internal static byte[] Write(AreaMap map, IEnumerable<AreaNode> areas)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Plain.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var area in areas)
            {
                Write(json, map, area);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, AreaMap map, AreaNode area)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", area.Code);
        json.WriteStartObject("properties");
        json.WriteString("code", area.Code);
        json.WriteString("name", area.Name);
        json.WriteString("nameEn", area.NameEn);
        json.WriteString("level", JsonNamingPolicy.CamelCase.ConvertName(area.Level.ToString()));
        json.WriteBoolean("demo", area.IsDemoShape);
        json.WriteEndObject();
        if (!area.HasBoundary)
        {
            WritePoint(json, area.Point);
            return;
        }

        var polygons = map.BoundaryOf(area.Code) is MultiPolygon many ? many.Geometries.Cast<Polygon>().ToArray() : [(Polygon)map.BoundaryOf(area.Code)!];
        json.WriteStartObject("geometry");
        json.WriteString("type", polygons.Length == 1 ? "Polygon" : "MultiPolygon");
        json.WriteStartArray("coordinates");
        foreach (var polygon in polygons)
        {
            if (polygons.Length > 1)
            {
                json.WriteStartArray();
            }

            Write(json, polygon.Shell, isCounterClockwise: true);
            foreach (var hole in polygon.Holes)
            {
                Write(json, hole, isCounterClockwise: false);
            }

            if (polygons.Length > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What has no known boundary is a point, or nowhere.</summary>
    private static void WritePoint(Utf8JsonWriter json, GeoPoint? point)
    {
        if (point is { } at)
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", "Point");
            json.WriteStartArray("coordinates");
            json.WriteNumberValue(Math.Round(at.Longitude, 6));
            json.WriteNumberValue(Math.Round(at.Latitude, 6));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("geometry");
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LinearRing ring, bool isCounterClockwise)
    {
        json.WriteStartArray();
        foreach (var point in ring.IsCCW == isCounterClockwise ? ring.Coordinates : ring.Coordinates.Reverse())
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(point.X, 6)); // a tenth of a metre
            json.WriteNumberValue(Math.Round(point.Y, 6));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
