using System.Text;
using Linli.Kernel;
using Linli.Requests.Import;

namespace Linli.Attacks.Files;

/// <summary>Workbooks that would fill the memory or the day of whoever imports them: XML that grows, ZIP that grows, rows and columns that are not there.</summary>
public sealed class WorkbookBombTests
{
    static WorkbookBombTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private const long Limit = 64L * 1024 * 1024;
    private const string Sheet = "xl/worksheets/sheet1.xml";
    private const string Rows = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{0}</sheetData></worksheet>";
    private const string Head = "<row r='1'><c r='A1' t='inlineStr'><is><t>id</t></is></c><c r='B1' t='inlineStr'><is><t>text</t></is></c></row>";

    public static TheoryData<string> Bombs =>
    [
        "billion laughs", "external file", "external address", "quadratic", "parameter entities", "entities in shared strings", "ten gigabytes of zeroes", "zeroes beside the sheet", "overlapping parts",
        "a hundred thousand parts", "a package in a package", "a list beyond the end", "no list",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_would_grow_without_end_is_refused_and_little_of_it_is_read(string what)
    {
        var bytes = Bomb(what);
        using var file = new Counting(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = SheetTable.Read(file, "名单.xlsx", null, Limit);

        Assert.StartsWith("文件 {0} ", Assert.IsType<Failure.Invalid>(read.Failure).Problems.Single().Message, StringComparison.Ordinal);
        Assert.InRange(file.ReadBytes, 0, 4L * 1024 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L * 1024 * 1024);
    }

    [Theory]
    [InlineData("<row r='2'><c r='XFD2'><v>1</v></c></row>", true)]
    [InlineData("<row r='1048576'><c r='A1048576'><v>1</v></c></row>", false)]
    [InlineData("<row r='2147483000'><c r='A2147483000'><v>1</v></c></row>", false)]
    public void A_cell_far_away_costs_no_table_as_large_as_the_way_to_it(string row, bool isRefused)
    {
        var bytes = Workbook(Row(Head + row));
        using var file = new Counting(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = SheetTable.Read(file, "名单.xlsx", null, Limit);

        Assert.Equal(isRefused, !read.Succeeded);
        Assert.True(isRefused || read.Value.Rows.Count <= 1, "Rows that are not there were read.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L * 1024 * 1024);
    }

    [Fact]
    public void An_ordinary_workbook_is_read()
    {
        using var file = new Counting(Workbook(Row(Head + "<row r='2'><c r='A2'><v>7</v></c><c r='B2' t='inlineStr'><is><t>路灯不亮</t></is></c></row>")));

        var read = SheetTable.Read(file, "名单.xlsx", null, Limit);

        Assert.Equal(["7", "路灯不亮"], read.Value.Rows.Single().Cells);
    }

    private static byte[] Bomb(string what) => what switch
    {
        "billion laughs" => Workbook(Laughs() + Row(Cell("&l9;"))),
        "external file" => Workbook("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + Row(Cell("&e;"))),
        "external address" => Workbook("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/evil.dtd'>" + Row(Head)),
        "quadratic" => Workbook($"<!DOCTYPE x [<!ENTITY e '{new string('a', 100_000)}'>]>" + Row(Cell(string.Concat(Enumerable.Repeat("&e;", 100_000))))),
        "parameter entities" => Workbook("<!DOCTYPE x [<!ENTITY % p '<!ENTITY e SYSTEM \"file:///etc/passwd\">'>%p;]>" + Row(Cell("&e;"))),
        "entities in shared strings" => Workbook(Row(Head), Laughs() + "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>&l9;</t></si></sst>"),
        "ten gigabytes of zeroes" => Parts(Row(Head), withSheet: false).Add(Sheet, ZipBytes.Zeroes(640), 100).ToArray(),
        "zeroes beside the sheet" => Parts(Row(Head)).Add("xl/media/image1.png", ZipBytes.Zeroes(64), uint.MaxValue).ToArray(),
        "overlapping parts" => Enumerable.Range(0, 200).Aggregate(Parts(Row(Head)).Add("a", ZipBytes.Zeroes(1), 16 * 1024 * 1024), (zip, i) => zip.List($"a{i}", "a")).ToArray(),
        "a hundred thousand parts" => Enumerable.Range(0, 100_000).Aggregate(Parts(Row(Head)).Add("a", ""), (zip, i) => zip.List($"a{i}", "a")).ToArray(),
        "a package in a package" => new ZipBytes().Add("a.xlsx", Encoding.Latin1.GetString(Workbook(Row(Head)))).ToArray(),
        "a list beyond the end" => Altered(Workbook(Row(Head)), file => file.AsSpan(file.Length - 6, 4).Fill(0xF0)),
        "no list" => Workbook(Row(Head))[..^30],
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string Laughs() => "<!DOCTYPE x [<!ENTITY l0 'ha'>" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} '{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}'>")) + "]>";

    private static string Row(string rows) => Rows.Replace("{0}", rows, StringComparison.Ordinal);

    private static string Cell(string text) => $"<row r='1'><c r='A1' t='inlineStr'><is><t>{text}</t></is></c></row>";

    private static byte[] Workbook(string sheet, string? shared = null) => Parts(sheet, shared).ToArray();

    private static ZipBytes Parts(string sheet, string? shared = null, bool withSheet = true)
    {
        const string types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='xml' ContentType='application/xml'/></Types>";
        const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var zip = new ZipBytes()
            .Add("[Content_Types].xml", types)
            .Add("_rels/.rels", $"<Relationships xmlns='{package}'><Relationship Id='rId1' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
            .Add("xl/workbook.xml", $"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='{office}'><sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets></workbook>")
            .Add("xl/_rels/workbook.xml.rels", $"<Relationships xmlns='{package}'><Relationship Id='rId1' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='{office}/sharedStrings' Target='sharedStrings.xml'/></Relationships>");
        zip = shared is null ? zip : zip.Add("xl/sharedStrings.xml", shared);
        return withSheet ? zip.Add(Sheet, sheet) : zip;
    }

    private static byte[] Altered(byte[] file, Action<byte[]> how)
    {
        how(file);
        return file;
    }
}
