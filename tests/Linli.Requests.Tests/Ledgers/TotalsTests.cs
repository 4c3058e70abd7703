using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.People;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Those whose work is figures have the totals of everything, and no way to a single request.</summary>
public sealed class TotalsTests
{
    internal static readonly LedgerDefinition ByTown = LedgerTown.Plain() with
    {
        Columns = [new("town"), new("number", Heading: "受理", Total: TotalKind.Count), new("isResolved", Heading: "办结", Total: TotalKind.Count), new(null, "[办结] / [受理]", "办结率", Total: TotalKind.Formula, Look: NumberLook.Percent)],
        GroupBy = ["town"], OnlyTotals = true, GrandTotal = true,
    };

    [Theory]
    [InlineData("tongji")]
    [InlineData("guanli")]
    public async Task Statisticians_and_administrators_of_the_county_have_the_same_figures_as_a_supervisor(string who)
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();

        var (seen, counted) = (await town.PreviewAsync("duban", ByTown), await town.PreviewAsync(who, ByTown));
        Assert.Equal(["合计", "3", "1", "33.3%"], counted.Lines[^1].Cells);
        Assert.Equal(seen.Lines[^1].Cells, counted.Lines[^1].Cells);
        Assert.Equal("", (await town.PreviewAsync("tongji", ByTown)).Subtitle);

        var list = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, "/api/ledgers/preview", LedgerTown.Plain("number", "title"));   // lines they see as little as before
        Assert.Equal(HttpStatusCode.Forbidden, list.Status);
        Assert.Contains("您的岗位看合计", list.Text, StringComparison.Ordinal);
        var file = await town.FetchAsync(who, await town.ExportAsync(who, await town.SaveAsync(who, ByTown), LedgerFormat.Csv));
        Assert.Contains("合计,3,1,", System.Text.Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_tells_one_request_from_another_gets_into_totals()
    {
        await using var town = await LoopTown.FoundAsync();
        var (done, _, _) = await town.FillAsync();
        var columns = (await (await town.AsAsync("duban")).GetAsync("/api/ledgers/sources")).Json<LedgerSourceAnswer[]>().Single(s => s.Key == "requests").Columns;
        string[] usable = ["town", "type", "group", "state", "channel", "lead", "result", "grade", "firstDispatchedTo", "reportedMonth"];
        var words = columns.Where(c => usable.Contains(c.Key)).Select(c => c.Name).ToHashSet();
        foreach (var column in columns.Where(c => c.Kind is CellKind.Text or CellKind.Choice && !usable.Contains(c.Key) && c.Key != "number").OrderBy(c => c.Key.StartsWith("answers.", StringComparison.Ordinal)).Take(30))
        {
            foreach (var way in Ways(column.Key, words.Contains(column.Name) ? column.Key : column.Name))   // a name that two have means the usable one
            {
                await town.RefusedAsync("tongji", way);
            }
        }

        Assert.Equal("groupBy[0]", (await town.RefusedAsync("tongji", ByTown with { GroupBy = ["number"] })).Field);
        Assert.Equal("groupBy[0]", (await town.RefusedAsync("tongji", ByTown with { GroupBy = ["reportedAt"] })).Field);
        Assert.Equal("groupBy[0]", (await town.RefusedAsync("tongji", ByTown with { Columns = [.. ByTown.Columns, LedgerTown.Formula("一件", "[town] & [类别]")], GroupBy = ["一件"] })).Field);
        Assert.Equal("columns[0].total", (await town.RefusedAsync("tongji", ByTown with { Columns = [new("number", Total: TotalKind.Max)] })).Field);
        Assert.Equal("columns[0].total", (await town.RefusedAsync("tongji", ByTown with { Columns = [new("reportedAt", Total: TotalKind.Min)] })).Field);
        Assert.Equal("columns[0].total", (await town.RefusedAsync("tongji", ByTown with { Columns = [new(null, "[退单次数]", "最多", Total: TotalKind.Max)] })).Field);
        foreach (var filter in new[] { "words", "queue" })
        {
            Assert.Equal($"filters.{filter}", (await town.RefusedAsync("tongji", ByTown with { Filters = new Dictionary<string, string> { [filter] = filter == "words" ? "楼道灯" : "Overdue" } })).Field);
        }

        // Its number cannot be asked for either: a formula finds a mark there, the same for each.
        var asked = await town.PreviewAsync("tongji", ByTown with { Where = $"[编号] = \"{done}\"" });
        Assert.Equal(["合计", "0", "0", ""], asked.Lines[^1].Cells);
        var marked = await town.PreviewAsync("tongji", ByTown with { Where = "[编号] = \"✓\"" });
        Assert.Equal("3", marked.Lines[^1].Cells[1]);
    }

    [Fact]
    public async Task A_shared_ledger_that_searches_texts_counts_nothing_for_a_statistician()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var id = await town.SaveAsync("duban", ByTown with { Filters = new Dictionary<string, string> { ["words"] = "楼道灯" } });
        await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{id}/sharing", new { forAll = true });

        Assert.Equal("1", (await town.LinesAsync("duban", id)).Lines[^1].Cells[1]);
        foreach (var path in new[] { $"/api/ledgers/{id}/lines", $"/work/ledgers/{id}", $"/work/ledgers/{id}/print" })
        {
            var refused = await (await town.AsAsync("tongji")).GetAsync(path);
            Assert.True(refused.Status == HttpStatusCode.Forbidden, $"{path} {refused.Status}");
            Assert.Contains("这个台账用了您的岗位不能用的列、筛选或期间", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("楼道灯", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync("tongji")).SendJsonAsync(HttpMethod.Post, $"/api/ledgers/{id}/exports", new { format = "csv" })).Status);
    }

    [Fact]
    public async Task A_statistician_counts_their_area_without_what_they_are_not_cleared_for_or_are_out_of_and_the_form_says_so()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        await town.AddPersonAsync("zhentongji", new FoundedPost(Role.Statistician, null, LedgerTown.Baichi));
        await town.AddPersonAsync("jutongji", new FoundedPost(Role.Statistician, "dept-municipal", "140427", Sensitive: true));
        await town.ReportAsync(text: "市政施工队夜里施工不围挡", about: "dept-municipal");
        await town.ReportAsync(area: LedgerTown.Baichi, text: "桥栏杆断了，孩子上学走这里");
        await town.ReportAsync(area: LedgerTown.Baichi, text: "村口的路标倒了，没有人扶");

        var form = await town.PreviewAsync("zhentongji", ByTown);
        Assert.Equal(["百尺镇", "合计"], form.Lines.Select(l => l.Cells[0]));
        Assert.Equal("3", form.Lines[^1].Cells[1]);
        Assert.True(form.IsPart);
        Assert.Matches("^只含.+统计范围内的记录$", form.Subtitle);
        Assert.Equal("5", (await town.PreviewAsync("jutongji", ByTown)).Lines[^1].Cells[1]);   // not the one about their own
        var whole = await town.PreviewAsync("tongji", ByTown);
        Assert.Equal(("6", false), (whole.Lines[^1].Cells[1], whole.IsPart));
    }

    [Theory]
    [InlineData("clocks", "kind")]
    [InlineData("events", "step")]
    public async Task Parts_of_requests_are_counted_without_names(string source, string column)
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var form = LedgerTown.Plain() with { Source = source, Columns = [new(column), new("request.number", Total: TotalKind.Count)], GroupBy = [column], OnlyTotals = true, GrandTotal = true };

        Assert.Equal((await town.PreviewAsync("duban", form)).Lines[^1].Cells, (await town.PreviewAsync("tongji", form)).Lines[^1].Cells);
        foreach (var name in new[] { "by", "words", "internalWords", "request.resolvedBy", "request.title", "request.text" })
        {
            await town.RefusedAsync("tongji", form with { GroupBy = [name] });
            await town.RefusedAsync("tongji", form with { Where = $"[{name}] = \"x\"" });
        }
    }

    /// <summary>Every way in which somebody might try to learn what stands in a column.</summary>
    private static IEnumerable<LedgerDefinition> Ways(string key, string name) =>
    [
        ByTown with { Columns = [.. ByTown.Columns, new(key)] },
        ByTown with { Columns = [.. ByTown.Columns, new(key, Total: TotalKind.Count)] },
        ByTown with { Columns = [.. ByTown.Columns, LedgerTown.Formula("试", $"if([{key}] = \"x\", 1, 0)") with { Total = TotalKind.Sum }] },
        ByTown with { Where = $"[{name}] = \"x\"" },
        ByTown with { GroupBy = [key] },
        ByTown with { GroupBy = ["town"], Sort = [new(key)] },
    ];
}
