using System.IO.Compression;
using System.Security;

namespace Linli.Requests.Tests.Import;

/// <summary>The smallest XLSX file with these rows: texts, numbers and (as numbers with a date format) times.</summary>
internal static class Workbook
{
    public static void Write(string path, string sheet, params object[][] rows)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        const string types = "http://schemas.openxmlformats.org/package/2006/content-types", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        Add("[Content_Types].xml", $"<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        Add("_rels/.rels", $"<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Add("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        Add("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>");
        Add("xl/styles.xml", $"<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        Add("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{string.Concat(rows.Select((r, i) => $"<row r=\"{i + 1}\">{string.Concat(r.Select(Cell))}</row>"))}</sheetData></worksheet>");

        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content);
        }
    }

    private static string Cell(object value) => value switch
    {
        DateTime time => FormattableString.Invariant($"<c s=\"1\"><v>{time.ToOADate()}</v></c>"),
        string text => $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
        _ => FormattableString.Invariant($"<c><v>{value}</v></c>"),
    };
}
