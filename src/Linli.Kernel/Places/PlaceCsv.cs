using System.Globalization;
using System.Text;
using Linli.Kernel.Areas;

namespace Linli.Kernel.Places;

/// <summary>One checked line of a file of places.</summary>
internal sealed record PlaceRow(string Line, string Name, PlaceKind Kind, string Area, GeoPoint? Point, bool IsDemo, string? Source);

/// <summary>Reads name,kind,area,lon,lat,demo,source in any order; the last four may be left out. Kind: road, estate, landmark or oldName.</summary>
internal static class PlaceCsv
{
    private const int Longest = 60, LongestSource = 200;
    private static readonly string[] Required = ["name", "kind", "area"];

    public static List<PlaceRow> Read(Stream stream, string file, CoordinateSystem system, ImportProblems problems)
    {
        try
        {
            var table = CsvTable.Read(stream);
            var missing = Required.Where(r => table?.Columns.Contains(r, StringComparer.OrdinalIgnoreCase) != true).ToList();
            if (missing.Count > 0)
            {
                problems.Add(file, "首行应为列名，缺少 {0}。", string.Join(", ", missing));
                return [];
            }

            return [.. table!.Value.Records.Select(r => RowOf(r, file, system, problems)).OfType<PlaceRow>()];
        }
        catch (DecoderFallbackException)
        {
            problems.Add(file, "文件不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”。");
            return [];
        }
    }

    private static PlaceRow? RowOf(CsvRecord cells, string file, CoordinateSystem system, ImportProblems problems)
    {
        var (line, before, name) = ($"{file}:{cells.Line}", problems.Count, cells["name"] ?? "");
        if (PlaceNames.Plain(name).Length < 2 || name.Length > Longest)
        {
            problems.Add($"{line} › name", "地名“{0}”应为 2 至 {1} 个字。", name, Longest);
        }

        var kind = Enum.GetValues<PlaceKind>().Cast<PlaceKind?>().FirstOrDefault(k => string.Equals(k.ToString(), cells["kind"], StringComparison.OrdinalIgnoreCase));
        if (kind is null or PlaceKind.Area or PlaceKind.Organisation)
        {
            problems.Add($"{line} › kind", "“{0}”不认识，应为 {1} 之一。", cells["kind"] ?? "", "road, estate, landmark, oldName");
        }

        var point = PointOf(cells, line, system, problems);
        return problems.Count > before ? null
            : new PlaceRow(line, name, kind!.Value, cells["area"] ?? "", point, cells["demo"]?.ToUpperInvariant() is "TRUE" or "1", cells["source"] is { } source ? source[..Math.Min(source.Length, LongestSource)] : null);
    }

    private static GeoPoint? PointOf(CsvRecord cells, string line, CoordinateSystem system, ImportProblems problems)
    {
        if (cells["lon"] is null && cells["lat"] is null)
        {
            return null;
        }

        if (!double.TryParse(cells["lon"], NumberStyles.Float, CultureInfo.InvariantCulture, out var x) || !double.TryParse(cells["lat"], NumberStyles.Float, CultureInfo.InvariantCulture, out var y))
        {
            problems.Add($"{line} › lon", "经纬度“{0}, {1}”应同时填写，且为数字。", cells["lon"] ?? "", cells["lat"] ?? "");
            return null;
        }

        if (Coordinates.ProblemWith(new GeoPoint(x, y), "lon") is { } problem)
        {
            problems.Add($"{line} › lon", problem.Message, problem.Values);
            return null;
        }

        return Coordinates.ToWgs84(new GeoPoint(x, y), system);
    }
}
