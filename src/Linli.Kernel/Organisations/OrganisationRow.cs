using System.Text;

namespace Linli.Kernel.Organisations;

/// <summary>One checked line of an organisation file.</summary>
/// <param name="Place">File and line, for what is found wrong with it later.</param>
/// <param name="NamesCalendar">The file has the column; where it has not, organisations keep the calendars they go by.</param>
internal sealed record OrganisationRow(
    string Place, string Code, string Name, string? NameEn, string? ShortName, OrganisationKind Kind, string? Parent, string Area,
    string? CreditCode, bool IsAllianceMember, string Offers, string? Address, string? Phone, bool IsActive,
    string? Calendar, bool NamesCalendar);

/// <summary>
/// Reads code,name,name_en,short_name,kind,parent,area,alliance,offers,address,phone,source; also credit_code, active and calendar.
/// Columns may stand in any order; all but code, name, kind and area may be left out.
/// </summary>
internal static class OrganisationCsv
{
    private const int LongestName = 100;
    private const int LongestShortName = 40;
    private const int LongestText = 200;
    private static readonly string[] Required = ["code", "name", "kind", "area"];

    public static List<OrganisationRow> Read(Stream stream, string file, ImportProblems problems)
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

            var namesCalendar = table!.Value.Columns.Contains("calendar", StringComparer.OrdinalIgnoreCase);
            return [.. table.Value.Records.Select(r => RowOf(r, file, namesCalendar, problems)).OfType<OrganisationRow>()];
        }
        catch (DecoderFallbackException)
        {
            problems.Add(file, "文件不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”。");
            return [];
        }
    }

    private static OrganisationRow? RowOf(CsvRecord cells, string file, bool namesCalendar, ImportProblems problems)
    {
        var (place, before) = ($"{file}:{cells.Line}", problems.Count);
        var code = cells["code"] ?? "";
        if (code.Length is < 2 or > 40 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            problems.Add($"{place} › code", "代码“{0}”应为 2 至 40 个字母、数字或连字符。", code);
        }

        var name = Text(cells, "name", LongestName, place, problems);
        if (name is null)
        {
            problems.Add($"{place} › name", "缺少这一项。");
        }

        var kind = KindOf(cells["kind"]);
        if (kind is null)
        {
            problems.Add($"{place} › kind", "“{0}”不认识，应为 {1} 之一。", cells["kind"] ?? "", string.Join(", ", Enum.GetNames<OrganisationKind>().Select(CamelCase)));
        }

        var credit = cells["credit_code"]?.ToUpperInvariant();
        if (credit is not null && !CreditCode.IsValid(credit))
        {
            problems.Add($"{place} › credit_code", "统一社会信用代码“{0}”不正确（GB 32100：18 位，最后一位是校验码）。", credit);
        }

        var row = new OrganisationRow(
            place, code, name ?? "", Text(cells, "name_en", LongestText, place, problems), Text(cells, "short_name", LongestShortName, place, problems),
            kind ?? default, cells["parent"], cells["area"] ?? "", credit, Flag(cells, "alliance", false, place, problems),
            Text(cells, "offers", LongestText, place, problems) ?? "", Text(cells, "address", LongestText, place, problems),
            Text(cells, "phone", 40, place, problems), Flag(cells, "active", true, place, problems), namesCalendar ? cells["calendar"] : null, namesCalendar);
        return problems.Count > before ? null : row;
    }

    private static OrganisationKind? KindOf(string? text) =>
        Enum.GetValues<OrganisationKind>().Cast<OrganisationKind?>().FirstOrDefault(k => string.Equals(k.ToString(), text, StringComparison.OrdinalIgnoreCase));

    private static string? Text(CsvRecord cells, string column, int longest, string place, ImportProblems problems)
    {
        if (cells[column] is { } text && text.Length > longest)
        {
            problems.Add($"{place} › {column}", "最多 {0} 个字，现在是 {1} 个字。", longest, text.Length);
        }

        return cells[column];
    }

    private static bool Flag(CsvRecord cells, string column, bool fallback, string place, ImportProblems problems)
    {
        switch (cells[column]?.ToUpperInvariant())
        {
            case null:
                return fallback;
            case "TRUE" or "1" or "YES" or "是":
                return true;
            case "FALSE" or "0" or "NO" or "否":
                return false;
            default:
                problems.Add($"{place} › {column}", "“{0}”应为 true 或 false。", cells[column]!);
                return fallback;
        }
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
