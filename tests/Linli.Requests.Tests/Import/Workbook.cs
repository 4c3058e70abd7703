using System.Globalization;
using System.IO.Compression;
using System.Security;

namespace Linli.Requests.Tests.Import;

/// <param name="Merged">As Excel writes them: A1:C1.</param>
internal sealed record WorkSheet(string Name, object[][] Rows, params string[] Merged);

/// <summary>A number as Excel shows it with the format 000000.</summary>
internal sealed record SixDigits(double Number);

/// <summary>The smallest XLSX file with these rows: texts, numbers and (as numbers with a date format) times.</summary>
internal static class Workbook
{
    public static void Write(string path, string sheet, params object[][] rows) => Write(path, new WorkSheet(sheet, rows));

    public static void Write(string path, params WorkSheet[] sheets)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        const string types = "http://schemas.openxmlformats.org/package/2006/content-types", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        Add("[Content_Types].xml", $"<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        Add("_rels/.rels", $"<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Add("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{Each(i => $"<sheet name=\"{sheets[i].Name}\" sheetId=\"{i + 1}\" r:id=\"s{i + 1}\"/>")}</sheets></workbook>");
        Add("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{relations}\">{Each(i => $"<Relationship Id=\"s{i + 1}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")}<Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>");
        Add("xl/styles.xml", $"<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"000000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/><xf numFmtId=\"170\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        foreach (var (i, sheet) in sheets.Index())
        {
            var merged = sheet.Merged.Length == 0 ? "" : $"<mergeCells count=\"{sheet.Merged.Length}\">{string.Concat(sheet.Merged.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>";
            Add($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{string.Concat(sheet.Rows.Select((r, n) => $"<row r=\"{n + 1}\">{string.Concat(r.Select((c, at) => Cell(c, $"{(char)('A' + at)}{n + 1}")))}</row>"))}</sheetData>{merged}</worksheet>");
        }

        string Each(Func<int, string> of) => string.Concat(Enumerable.Range(0, sheets.Length).Select(of));

        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content);
        }
    }

    private static string Cell(object value, string at) => value switch
    {
        DateTime time => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"1\"><v>{time.ToOADate()}</v></c>"),
        SixDigits six => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"2\"><v>{six.Number}</v></c>"),
        "" => "",
        string text => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
        _ => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{value}</v></c>"),
    };
}
