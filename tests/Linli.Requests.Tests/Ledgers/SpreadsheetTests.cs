using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>What is taken along, as a spreadsheet program that others wrote opens it.</summary>
public sealed class SpreadsheetTests
{
    [Fact]
    public async Task Exports_open_in_a_spreadsheet_with_the_right_cells()
    {
        await using var town = await LoopTown.FoundAsync();
        var (done, _, _) = await town.FillAsync();
        var trick = await town.ReportAsync(text: "=1+1 楼道灯坏了\n第二行\"引号\" 🚲");

        var lines = await town.SaveAsync("duban", LedgerTown.Plain() with
        {
            Title = "{县}台账", LeftLine = "填报单位：{单位}", RightLine = "单位：件", Sort = [new("reportedAt")], Signature = "签字：",
            Columns = [new("#"), new("number"), new("text"), new("reportedAt", Heading: "提交", Under: "时间"), new("resolvedAt", Heading: "办结", Under: "时间"), new("supporters"), new("isResolved"), LedgerTown.Formula("日期", "day([提交时间])")],
        });
        var xlsx = await FileAsync(town, lines, LedgerFormat.Xlsx);
        var csv = await FileAsync(town, lines, LedgerFormat.Csv);
        var form = await FileAsync(town, "township-weekly", LedgerFormat.Xlsx);

        var opened = await LibreOffice.OpenAsync(("lines.xlsx", xlsx), ("table.csv", csv), ("form.xlsx", form));

        var sheet = opened[0];
        Assert.Equal(("壶关县台账", 8), (sheet[0][0].Shown, sheet[0][0].Columns));
        Assert.Equal(("填报单位：壶关县", 4, "单位：件"), (sheet[1][0].Shown, sheet[1][0].Columns, sheet[1][4].Shown));
        Assert.Equal(("时间", 1, 2), (sheet[2][3].Shown, sheet[2][3].Rows, sheet[2][3].Columns));
        Assert.Equal(("编号", 2), (sheet[2][1].Shown, sheet[2][1].Rows));
        Assert.True(sheet[3][1].IsCovered);
        Assert.Equal(("提交", "办结"), (sheet[3][3].Shown, sheet[3][4].Shown));
        Assert.Equal([("float", "1"), ("string", null), ("string", null), ("date", "2026-03-02T09:00:00"), ("date", "2026-03-02T10:02:00"), ("float", "1"), ("string", null), ("date", "2026-03-02")], sheet[4].Take(8).Select(c => (c.Type, c.Value)));
        Assert.Equal((done, "2026-03-02 09:00", "是", "2026-03-02"), (sheet[4][1].Shown, sheet[4][3].Shown, sheet[4][6].Shown, sheet[4][7].Shown));
        Assert.Equal(("string", "=1+1 楼道灯坏了\n第二行\"引号\" 🚲"), (sheet[7][2].Type, sheet[7][2].Shown));   // words, not two
        Assert.Equal(trick.Number, sheet[7][1].Shown);
        Assert.Equal("签字：", sheet[8][0].Shown);

        var table = opened[1];
        Assert.Equal(["序号", "编号", "内容", "时间/提交", "时间/办结", "反映人数", "已办结", "日期"], table[0].Take(8).Select(c => c.Shown));
        Assert.Equal("'=1+1 楼道灯坏了\n第二行\"引号\" 🚲", table[4][2].Shown);
        Assert.Equal("float", table[1][5].Type);

        var total = opened[2].Single(r => r.Any(c => c.Shown == "合计"));
        Assert.Equal("percentage", opened[2].SelectMany(r => r).Where(c => c.Shown.EndsWith('%')).Select(c => c.Type).DefaultIfEmpty("percentage").Distinct().Single());
        Assert.Equal("float", total[2].Type);
        Assert.Equal(("办理情况", 3), opened[2].SelectMany(r => r).Where(c => c.Shown == "办理情况").Select(c => (c.Shown, c.Columns)).Single());
    }

    private static async Task<byte[]> FileAsync(LoopTown town, string id, LedgerFormat format) => await town.FetchAsync("duban", await town.ExportAsync("duban", id, format));
}
