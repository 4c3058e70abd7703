using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Linli.Shell.Ledgers.Running;

namespace Linli.Shell.Ledgers.Output;

/// <summary>The parts of a workbook that are the same for every ledger, and its styles.</summary>
internal static class XlsxParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const int Title = 1, Subtitle = 2, Side = 3, SideRight = 4, Head = 5;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int FirstLook = 6;
    private const int LongestSheetName = 31;

    /// <summary>Formats of numbers, in the order of <see cref="CellLook"/>.</summary>
    private static readonly int[] Formats = [49, 0, 1, 164, 2, 165, 166, 167];

    public static int StyleOf(CellLook look, bool isBold) => FirstLook + ((int)look * 2) + (isBold ? 1 : 0);

    public static void Write(ZipArchive package, string name, int firstHead, int lastHead)
    {
        var sheet = SheetName(name);
        Part(package, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
        Part(package, "_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Part(package, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        Part(package, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"{SecurityElement.Escape(sheet)}\" sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{SecurityElement.Escape(sheet)}'!${firstHead}:${lastHead}</definedName></definedNames></workbook>");
        Part(package, "xl/styles.xml", Styles());
    }

    /// <summary>AB12; row counted from 1, column from 0.</summary>
    public static string Cell(int row, int column)
    {
        var letters = column < 26 ? ((char)('A' + column)).ToString() : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Without what XML cannot say: control characters and halves of characters.</summary>
    public static string Sound(string text)
    {
        if (!text.Any(c => c < ' ' || char.IsSurrogate(c) || c >= '\uFFFE'))
        {
            return text;
        }

        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            sound.Append(rune.Value is (< ' ' and not ('\n' or '\t')) or 0xFFFE or 0xFFFF ? rune.Value == '\r' ? "" : "\uFFFD" : rune.ToString());
        }

        return sound.ToString();
    }

    private static string SheetName(string name)
    {
        var kept = Sound(string.Concat(name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal)))).Trim();
        kept = kept.Length > LongestSheetName ? kept[..LongestSheetName] : kept;
        return kept.Length == 0 || char.IsSurrogate(kept[^1]) ? "台账" : kept;
    }

    private static string Styles()
    {
        static string Xf(int format, int font, int border, int fill, string align) =>
            $"<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyBorder=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment {align}/></xf>";
        List<string> cells =
        [
            "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
            Xf(49, 2, 0, 0, "horizontal=\"center\" vertical=\"center\""), Xf(49, 0, 0, 0, "horizontal=\"center\" vertical=\"center\""),
            Xf(49, 0, 0, 0, "horizontal=\"left\" vertical=\"center\""), Xf(49, 0, 0, 0, "horizontal=\"right\" vertical=\"center\""),
            Xf(49, 1, 1, 2, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""),
        ];
        foreach (var look in Enum.GetValues<CellLook>())
        {
            var align = look == CellLook.Text ? "vertical=\"center\" wrapText=\"1\"" : "vertical=\"center\"";
            cells.Add(Xf(Formats[(int)look], 0, 1, 0, align));
            cells.Add(Xf(Formats[(int)look], 1, 1, 0, align));
        }

        const string thin = "<left style=\"thin\"><color auto=\"1\"/></left><right style=\"thin\"><color auto=\"1\"/></right><top style=\"thin\"><color auto=\"1\"/></top><bottom style=\"thin\"><color auto=\"1\"/></bottom><diagonal/>";
        return $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"0.0\"/><numFmt numFmtId=\"165\" formatCode=\"0.0%\"/><numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"167\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts>"
            + "<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"宋体\"/></font><font><b/><sz val=\"11\"/><name val=\"宋体\"/></font><font><b/><sz val=\"18\"/><name val=\"宋体\"/></font></fonts>"
            + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF2F2F2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
            + $"<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>{thin}</border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + $"<cellXfs count=\"{cells.Count}\">{string.Concat(cells)}</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
    }

    private static void Part(ZipArchive package, string name, string xml)
    {
        using var stream = package.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml));
    }
}
