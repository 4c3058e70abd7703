using System.Globalization;
using System.Text;

namespace Linli.Kernel.Areas;

/// <summary>Reads code,parent,level,name,name_en,lon,lat,demo,source; the columns may stand in any order, the last five may be left out.</summary>
internal static class AreaCsv
{
    private static readonly string[] Required = ["code", "parent", "level", "name"];

    public static List<AreaRow> Read(Stream stream, CoordinateSystem system, Problems problems)
    {
        try
        {
            var table = CsvTable.Read(stream);
            var missing = Required.Where(r => table?.Columns.Contains(r, StringComparer.OrdinalIgnoreCase) != true).ToList();
            if (missing.Count > 0)
            {
                problems.Add("csv:1", "首行应为列名 code,parent,level,name,name_en,lon,lat,demo,source，现在缺少 {0}。", string.Join(',', missing));
                return [];
            }

            return [.. table!.Value.Records.Select(r => RowOf(r, system, problems)).OfType<AreaRow>()];
        }
        catch (DecoderFallbackException)
        {
            problems.Add("csv", "文件不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”。");
            return [];
        }
    }

    private static AreaRow? RowOf(CsvRecord cells, CoordinateSystem system, Problems problems)
    {
        var (line, before, code) = (cells.Line, problems.Count, cells["code"] ?? "");
        if (LevelOf(cells["level"]) is not { } level)
        {
            problems.Add($"csv:{line}:level", "第 {0} 行：层级“{1}”无效，应为 province、city、county、town、village 或 grid。", line, cells["level"] ?? "");
            return null;
        }

        if (code.Length != AreaCode.LengthOf(level) || !code.All(char.IsAsciiLetterOrDigit))
        {
            problems.Add($"csv:{line}:code", "第 {0} 行：代码“{1}”应为 {2} 位数字或字母。", line, code, AreaCode.LengthOf(level));
        }

        if (cells["name"] is not { Length: <= 100 } name)
        {
            problems.Add($"csv:{line}:name", "第 {0} 行：名称应为 1 至 100 个字。", line);
            return null;
        }

        var point = PointOf(cells["lon"], cells["lat"], line, system, problems);
        return problems.Count > before ? null : new AreaRow(
            line, code, cells["parent"], level, name, Cut(cells["name_en"]), point, cells["demo"]?.ToLowerInvariant() is "true" or "1", Cut(cells["source"]));
    }

    private static AreaLevel? LevelOf(string? text) =>
        Enum.GetValues<AreaLevel>().Cast<AreaLevel?>().FirstOrDefault(l => string.Equals(l.ToString(), text, StringComparison.OrdinalIgnoreCase));

    private static GeoPoint? PointOf(string? longitude, string? latitude, int line, CoordinateSystem system, Problems problems)
    {
        if (longitude is null && latitude is null)
        {
            return null;
        }

        if (!double.TryParse(longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            || !double.TryParse(latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var y))
        {
            problems.Add($"csv:{line}:lon", "第 {0} 行：经纬度“{1}, {2}”应同时填写，且为数字。", line, longitude ?? "", latitude ?? "");
            return null;
        }

        return problems.Accepts(new GeoPoint(x, y), $"csv:{line}:lon") ? Coordinates.ToWgs84(new GeoPoint(x, y), system) : null;
    }

    private static string? Cut(string? text) => text?[..Math.Min(text.Length, 200)];
}
