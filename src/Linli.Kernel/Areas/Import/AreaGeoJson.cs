using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.Valid;

namespace Linli.Kernel.Areas;

/// <summary>
/// Reads a GeoJSON FeatureCollection (RFC 7946) whose features are polygons or multipolygons with property <c>code</c>,
/// and optionally <c>demo</c> and <c>note</c>. Every feature that is not a proper polygon is refused with the place named.
/// </summary>
internal static class AreaGeoJson
{
    public static async Task<List<AreaBoundary>> ReadAsync(Stream stream, CoordinateSystem system, Problems problems, List<BoundaryFinding> findings, CancellationToken cancellation)
    {
        var boundaries = new List<AreaBoundary>();
        try
        {
            using var file = await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);
            if (file.RootElement.ValueKind != JsonValueKind.Object || !file.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            {
                problems.Add("geojson", "文件不是 GeoJSON 要素集（FeatureCollection）。");
                return boundaries;
            }

            var number = 0;
            foreach (var feature in features.EnumerateArray())
            {
                if (BoundaryOf(feature, ++number, system, problems, findings) is { } boundary)
                {
                    boundaries.Add(boundary);
                }
            }
        }
        catch (JsonException problem)
        {
            problems.Add("geojson", "文件不是有效的 JSON：第 {0} 行附近有误。", (problem.LineNumber ?? 0) + 1);
        }

        return boundaries;
    }

    private static AreaBoundary? BoundaryOf(JsonElement feature, int number, CoordinateSystem system, Problems problems, List<BoundaryFinding> findings)
    {
        var properties = Object(feature, "properties");
        var code = Text(properties, "code");
        if (code is null)
        {
            problems.Add($"geojson:{number}:code", "第 {0} 个要素没有 code 属性。", number);
            return null;
        }

        if (GeometryOf(Object(feature, "geometry"), code, system, problems) is not { } geometry)
        {
            return null;
        }

        if (new IsValidOp(geometry).ValidationError is { } error)
        {
            if (Mended(geometry) is { } mended)
            {
                findings.Add(new BoundaryFinding(BoundaryFault.SelfCrossing, code, null, 0, new GeoPoint(error.Coordinate.X, error.Coordinate.Y), true));
                return BoundaryOf(properties, code, mended);
            }

            problems.Add($"geojson:{code}", "{0} 的边界有误（自相交、环重叠或环位置不对），位置在经度 {1}、纬度 {2} 附近。", code, Math.Round(error.Coordinate.X, 6), Math.Round(error.Coordinate.Y, 6));
            return null;
        }

        return BoundaryOf(properties, code, geometry);
    }

    private static AreaBoundary BoundaryOf(JsonElement properties, string code, Geometry geometry)
    {
        var isDemo = properties.TryGetProperty("demo", out var demo) && demo.ValueKind == JsonValueKind.True;
        return new AreaBoundary(code, new WKBWriter().Write(geometry), isDemo, Text(properties, "note"));
    }

    /// <summary>Without its spikes and tiny loops. Null where that would change what it covers: then nobody but its author knows what was meant.</summary>
    private static Geometry? Mended(Geometry geometry)
    {
        if (GeometryFixer.Fix(geometry) is not ((Polygon or MultiPolygon) and { IsEmpty: false } and var whole))
        {
            return null;
        }

        // A fixer that keeps what is drawn leaves crumbs where loops were; only the pieces that are meant stay.
        var pieces = AreaShape.PolygonsOf(whole).Where(p => p.Area >= whole.Area / 1_000_000).ToArray();
        Geometry mended = pieces.Length == 1 ? pieces[0] : new MultiPolygon(pieces);
        return Math.Abs(mended.Area - geometry.Area) <= geometry.Area / 10_000 && pieces.Length == AreaShape.PolygonsOf(geometry).Count ? mended : null;
    }

    private static Geometry? GeometryOf(JsonElement geometry, string code, CoordinateSystem system, Problems problems)
    {
        var type = Text(geometry, "type");
        if (type is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"geojson:{code}", "{0} 的边界应为 Polygon 或 MultiPolygon，现在是“{1}”。", code, type ?? "");
            return null;
        }

        var polygons = type == "Polygon" ? [PolygonOf(coordinates, code, system, problems)]
            : coordinates.EnumerateArray().Select(p => PolygonOf(p, code, system, problems)).ToArray();
        return polygons.Length == 0 || polygons.Any(p => p is null) ? null
            : type == "Polygon" ? polygons[0]
            : new MultiPolygon(polygons!);
    }

    private static Polygon? PolygonOf(JsonElement coordinates, string code, CoordinateSystem system, Problems problems)
    {
        var rings = coordinates.ValueKind == JsonValueKind.Array ? coordinates.EnumerateArray().Select(r => RingOf(r, code, system, problems)).ToList() : [];
        if (rings.Count == 0)
        {
            problems.Add($"geojson:{code}", "{0} 的边界是空的。", code);
        }

        return rings.Count == 0 || rings.Any(r => r is null) ? null : new Polygon(rings[0], [.. rings.Skip(1)!]);
    }

    private static LinearRing? RingOf(JsonElement ring, string code, CoordinateSystem system, Problems problems)
    {
        var points = new List<Coordinate>();
        foreach (var position in ring.ValueKind == JsonValueKind.Array ? ring.EnumerateArray() : default)
        {
            if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2
                || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
            {
                problems.Add($"geojson:{code}", "{0} 的边界第 {1} 个点不是 [经度, 纬度]。", code, points.Count + 1);
                return null;
            }

            var given = new GeoPoint(position[0].GetDouble(), position[1].GetDouble());
            if (!problems.Accepts(given, $"geojson:{code}"))
            {
                return null;
            }

            var point = Coordinates.ToWgs84(given, system);
            points.Add(new Coordinate(point.Longitude, point.Latitude));
        }

        if (points.Count < 4 || !points[0].Equals2D(points[^1]))
        {
            problems.Add($"geojson:{code}", "{0} 的边界没有闭合：每个环至少 4 个点，首尾相同。", code);
            return null;
        }

        return new LinearRing([.. points]);
    }

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : EmptyObject;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.String ? child.GetString() : null;

    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement.Clone();
}
