using System.Text;
using Linli.Kernel;
using Linli.Requests.Import;

namespace Linli.Requests.Tests.Import;

/// <summary>Files as other systems really write them.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-import-");

    static ForeignFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "GB18030", false }, { "utf-16", true }, { "utf-16BE", true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Chinese_text_is_read_in_every_usual_encoding(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        var table = Read([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("编号,内容\n1,路灯不亮了，𠮷祥小区\n")], "编号", "内容").Value;
        Assert.Equal(["编号", "内容"], table.Header);
        Assert.Equal(["1", "路灯不亮了，𠮷祥小区"], table.Rows[0].Cells);
    }

    [Fact]
    public void A_picture_is_said_to_be_no_table()
    {
        var refused = Read([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, .. "IHDR"u8], "编号");
        Assert.Equal("文件 {0} 既不是 CSV，也不是 Excel 工作簿。", Assert.Single(Assert.IsType<Failure.Invalid>(refused.Failure).Problems).Message);
    }

    [Fact]
    public void One_broken_character_does_not_make_utf8_something_else()
    {
        var bytes = Encoding.UTF8.GetBytes("id,text\n1,一段很长的中文文字，一段很长的中文文字，一段很长的中文文字\n2,坏");
        var table = Read(bytes.AsSpan(..^1), "id", "text").Value;
        Assert.StartsWith("CSV, UTF-8", table.Format, StringComparison.Ordinal);
        Assert.Contains('\uFFFD', table.Rows[1].Cells[1]);
    }

    [Theory]
    [InlineData("id,text\n1,a")]
    [InlineData("id;text\n1;a")]
    [InlineData("id\ttext\r\n1\ta\r\n")]
    [InlineData("\"id\"|\"text\"\n\"1\"|\"a\"")]
    public void The_delimiter_is_found_by_the_columns_that_are_needed(string content) =>
        Assert.Equal(["1", "a"], Read(Encoding.UTF8.GetBytes(content), "id", "text").Value.Rows[0].Cells);

    [Fact]
    public void Quoted_cells_hold_line_ends_quotes_and_delimiters_and_lines_are_counted_through_them()
    {
        var rows = Read("id,text\n1,\"第一行\n第二行,\"\"引号\"\"\"\n2,b\n\n3,c"u8, "id").Value.Rows;
        Assert.Equal(["1", "第一行\n第二行,\"引号\""], rows[0].Cells);
        Assert.Equal([2, 4, 6], rows.Select(r => r.Line));
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_one_row_and_no_more()
    {
        var rows = Read("id,text\n1,a\n2,\"b\n3,c\n4,d\n"u8, "id").Value.Rows;
        Assert.Equal(["1", "2", "3", "4"], rows.Select(r => r.Cells[0]));
        Assert.Equal([false, true, false, false], rows.Select(r => r.Broken is not null));
    }

    [Fact]
    public void Rows_of_another_width_and_text_behind_a_quote_are_broken()
    {
        var rows = Read("id,text\n1\n2,b,c\n3,\"d\"e\n4,f"u8, "id").Value.Rows;
        Assert.Equal([true, true, true, false], rows.Select(r => r.Broken is not null));
        Assert.Equal([1, 2], rows[0].Broken!.Values);
    }

    [Fact]
    public void A_file_that_is_no_table_is_refused_with_what_it_has()
    {
        Assert.Contains("内容", Problem(Read("编号,标题\n1,2"u8, "编号", "内容")), StringComparison.Ordinal);
        Assert.Equal("文件 {0} 是空的。", Message(Read([], "id")));
        Assert.Equal("文件里没有表头。第一行应当是列名。", Message(Read("\n\n"u8, "id")));
        Assert.Equal("没有文件 {0}。", Message(ImportTable.Read(Path.Combine(_folder.FullName, "none.csv"), [], null)));
        Assert.StartsWith("文件 {0} 不是可以读的 Excel", Message(Read(Linli.Testing.Pictures.Zip("a.txt"), "id")), StringComparison.Ordinal);
        Assert.StartsWith("文件 {0} 不是可以读的 Excel", Message(Read([0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3], "id")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_drops_its_brackets_when_a_column_is_empty()
    {
        var template = RowTemplate.Of("[{a}：]{b}[（{c}{d}）]。");
        Assert.Equal(["a", "b", "c", "d"], template.Columns);
        Assert.Equal("投诉：井盖（龙田街道南布社区）。", Fill(template, ("a", "投诉"), ("b", "井盖"), ("c", "龙田街道"), ("d", "南布社区")));
        Assert.Equal("井盖。", Fill(template, ("b", "井盖"), ("c", "龙田街道")));
        Assert.Null(Fill(RowTemplate.Of("{a} {b}")));
        Assert.Throws<System.Text.Json.JsonException>(() => RowTemplate.Of("[{a}"));
        Assert.Throws<System.Text.Json.JsonException>(() => RowTemplate.Of("{a"));
    }

    [Fact]
    public async Task Rejected_rows_can_be_read_again()
    {
        var table = Read("id,text\n1,\"a,\"\"b\"\"\n\nc\"\n2"u8, "id").Value;
        var path = Path.Combine(_folder.FullName, "x.rejected.csv");
        await RejectedRows.WriteAsync(path, table, [.. table.Rows.Select(r => new RejectedRow(r, new FieldProblem("id", "原因")))], "行号", "原因", p => p.Message);
        var again = ImportTable.Read(path, ["id", "text"], null).Value;
        Assert.Equal(["id", "text", "行号", "原因"], again.Header);
        Assert.Equal(["1", "a,\"b\"\n\nc", "2", "原因"], again.Rows[0].Cells);
        Assert.Equal(["2", "", "5", "原因"], again.Rows[1].Cells);
    }

    private static string? Fill(RowTemplate template, params (string Column, string Value)[] cells) =>
        template.Fill(column => cells.FirstOrDefault(c => c.Column == column).Value ?? "");

    private Outcome<ImportTable> Read(ReadOnlySpan<byte> content, params string[] columns)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(path, content);
        return ImportTable.Read(path, columns, null);
    }

    private static string Message(Outcome<ImportTable> outcome) => ((Failure.Invalid)outcome.Failure!).Problems[0].Message;

    private static string Problem(Outcome<ImportTable> outcome) =>
        string.Format(null, Message(outcome), [.. ((Failure.Invalid)outcome.Failure!).Problems[0].Values]);
}
