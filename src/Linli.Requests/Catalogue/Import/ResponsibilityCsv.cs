using System.Globalization;
using System.Text;
using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>One line of the responsibility file; what it names is checked by <see cref="ImportCatalogue"/>.</summary>
/// <param name="Place">File and line.</param>
internal sealed record ResponsibilityRow(
    string Place, string? Type, string? Group, string Area, string Organisation, bool IsNight, DateOnly? From, DateOnly? Until, string? Source,
    string? Site = null, TimeOnly? HoursFrom = null, TimeOnly? HoursUntil = null);

/// <summary>Reads service_type,service_group,area,organisation,night,source; also from and until, site and hours.</summary>
internal static class ResponsibilityCsv
{
    private static readonly string[] Required = ["service_type", "service_group", "area", "organisation"];

    public static List<ResponsibilityRow> Read(Stream stream, ImportProblems problems)
    {
        const string file = CatalogueFiles.ResponsibilityName;
        try
        {
            var table = CsvTable.Read(stream);
            var missing = Required.Where(r => table?.Columns.Contains(r, StringComparer.OrdinalIgnoreCase) != true).ToList();
            if (missing.Count > 0)
            {
                problems.Add(file, "首行应为列名，缺少 {0}。", string.Join(", ", missing));
                return [];
            }

            return [.. table!.Value.Records.Select(r => RowOf(r, $"{file}:{r.Line}", problems))];
        }
        catch (DecoderFallbackException)
        {
            problems.Add(file, "文件不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”。");
            return [];
        }
    }

    private static ResponsibilityRow RowOf(CsvRecord cells, string place, ImportProblems problems)
    {
        var night = cells["night"]?.ToUpperInvariant();
        if (night is not (null or "YES" or "NO" or "TRUE" or "FALSE" or "1" or "0"))
        {
            problems.Add($"{place} › night", "“{0}”应为 yes 或 no。", cells["night"]!);
        }

        if (cells["service_type"] is null == cells["service_group"] is null)
        {
            problems.Add($"{place} › service_type", "事项（service_type）和分组（service_group）应填一个，而且只填一个。");
        }

        var hours = HoursOf(cells["hours"], place, problems);
        var row = new ResponsibilityRow(
            place, cells["service_type"], cells["service_group"], cells["area"] ?? "", cells["organisation"] ?? "", night is "YES" or "TRUE" or "1",
            DateOf(cells, "from", place, problems), DateOf(cells, "until", place, problems), cells["source"],
            cells["site"], hours?.From, hours?.Until);
        if (row.Source?.Length > 400)
        {
            problems.Add($"{place} › source", "最多 {0} 个字，现在是 {1} 个字。", 400, row.Source.Length);
        }

        if (row.Site is { } site && (site.Length > 200 || site.Split('|').Any(name => name.Trim().Length < 2)))
        {
            problems.Add($"{place} › site", "地点或设施的名称每个至少两个字，用 | 隔开，合计最多 {0} 个字。", 200);
        }

        if (row.From > row.Until)
        {
            problems.Add($"{place} › until", "最后一天早于第一天。");
        }

        return row;
    }

    private static (TimeOnly From, TimeOnly Until)? HoursOf(string? text, string place, ImportProblems problems)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Split('-') is [var from, var until] && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && TimeOnly.TryParseExact(until, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) && first != last)
        {
            return (first, last);
        }

        problems.Add($"{place} › hours", "“{0}”不是钟点。请写成 22:00-06:00 的样子。", text);
        return null;
    }

    private static DateOnly? DateOf(CsvRecord cells, string column, string place, ImportProblems problems)
    {
        if (cells[column] is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        problems.Add($"{place} › {column}", "“{0}”不是日期。请写成 2026-01-31 的样子。", text);
        return null;
    }
}
