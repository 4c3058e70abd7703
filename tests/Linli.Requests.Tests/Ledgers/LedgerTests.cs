using System.Net;
using Linli.Kernel;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Who finds what in which ledger, and what stands in it.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task Figures_of_a_part_say_so_under_their_title()
    {
        await using var town = await LoopTown.FoundAsync();
        using var handler = await town.Town.HttpAsync("shizheng");
        var form = (await handler.GetAsync("/api/ledgers/county-monthly/lines")).Json();
        Assert.Matches("· 只含.+能看到的记录$", form.GetProperty("subtitle").GetString()!);
    }

    [Fact]
    public async Task Two_people_find_their_own_rows_in_the_same_shared_ledger()
    {
        await using var town = await LoopTown.FoundAsync();
        var (done, open, elsewhere) = await town.FillAsync();
        var id = await town.SaveAsync("duban", LedgerTown.Plain("number", "town"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("longquan")).GetAsync($"/api/ledgers/{id}/lines")).Status);

        Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{id}/sharing", new LedgerSharing(true))).Status);

        Assert.Equal([done, open, elsewhere], (await town.LinesAsync("duban", id)).Column(0));
        Assert.Equal([done, open], (await town.LinesAsync("longquan", id)).Column(0));   // dispatcher of one township
        Assert.Equal([done], (await town.LinesAsync("shizheng", id)).Column(0));         // it was given to them
        Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync("guanli")).GetAsync($"/api/ledgers/{id}/lines")).Status);   // no request is shown to them
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("longquan")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{id}", LedgerTown.Plain("number"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync("longquan")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{await town.SaveAsync("longquan", LedgerTown.Plain("number"))}/sharing", new LedgerSharing(true))).Status);
    }

    [Fact]
    public async Task What_is_about_somebody_stands_in_no_ledger_of_theirs()
    {
        await using var town = await LoopTown.FoundAsync();
        var about = await town.ReportAsync(text: "市政施工队夜里施工不围挡", about: "dept-municipal");
        await town.AddPersonAsync("kanjian", new FoundedPost(Kernel.People.Role.Supervisor, "dept-municipal", "140427"));

        Assert.Contains(about.Number, (await town.PreviewAsync("duban", LedgerTown.Plain("number"))).Column(0));
        foreach (var source in new[] { ("requests", "number"), ("clocks", "request.number"), ("events", "request.number") })
        {
            Assert.DoesNotContain(about.Number, (await town.PreviewAsync("kanjian", LedgerTown.Plain(source.Item2) with { Source = source.Item1 })).Column(0));
        }
    }

    [Fact]
    public async Task A_form_of_totals_has_a_line_for_each_township_and_reckons_its_rates_from_totals()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();

        var form = await town.PreviewAsync("duban", LedgerTown.Plain() with
        {
            Period = new LedgerPeriod(PeriodKind.Today, "reportedAt"), GroupBy = ["town"], OnlyTotals = true, EmptyGroups = true, GrandTotal = true,
            Columns =
            [
                new("#"), new("town"), new("number", Heading: "受理", Under: "办理", Total: TotalKind.Count), new("isResolved", Heading: "办结", Under: "办理", Total: TotalKind.Count),
                new(null, "[办结] / [受理]", "办结率", Total: TotalKind.Formula, Look: NumberLook.Percent), new("resolveSpent", Heading: "用时", Total: TotalKind.Sum),
            ],
        });

        Assert.Equal(["1", "龙泉镇", "2", "1", "50.0%", "1"], form.Lines[0].Cells);
        Assert.Equal(["2", "百尺镇", "1", "0", "0.0%", "0"], form.Lines[1].Cells);
        Assert.Equal(["3", "店上镇", "0", "0", "", "0"], form.Lines[2].Cells);
        Assert.Equal(["", "合计", "3", "1", "33.3%", "1"], form.Lines[^1].Cells);
        Assert.Equal([(0, 2, 1, 2, "办理"), (1, 2, 1, 1, "受理")], form.Head.Where(h => h.Text is "办理" or "受理").Select(h => (h.Row, h.Column, h.Rows, h.Columns, h.Text)));
        Assert.Equal(2, form.Head.Single(h => h.Text == "乡镇").Rows);
    }

    [Fact]
    public async Task Lines_are_sorted_grouped_and_narrowed_as_it_was_said()
    {
        await using var town = await LoopTown.FoundAsync();
        var (done, open, elsewhere) = await town.FillAsync();
        var all = LedgerTown.Plain("number", "town", "supporters") with { Columns = [new("number"), new("town"), new("supporters", Total: TotalKind.Sum)] };

        Assert.Equal([done], (await town.PreviewAsync("duban", all with { Where = "[已办结]" })).Column(0));
        Assert.Equal([done], (await town.PreviewAsync("duban", all with { Filters = new Dictionary<string, string> { ["organisation"] = "dept-municipal" } })).Column(0));
        Assert.Equal([elsewhere], (await town.PreviewAsync("duban", all with { Filters = new Dictionary<string, string> { ["area"] = LedgerTown.Baichi } })).Column(0));
        Assert.Equal(new[] { done, open, elsewhere }.OrderDescending(StringComparer.Ordinal), (await town.PreviewAsync("duban", all with { Sort = [new("number", true)] })).Column(0));
        Assert.Empty((await town.PreviewAsync("duban", all with { Period = new LedgerPeriod(PeriodKind.LastWeek, "reportedAt") })).Lines);

        var grouped = await town.PreviewAsync("duban", all with { GroupBy = ["town"], Sort = [new("number")], GrandTotal = true });
        Assert.Equal(["row", "row", "subtotal", "row", "subtotal", "total"], grouped.Lines.Select(l => l.Kind));
        Assert.Equal(["龙泉镇 小计", "", "2"], grouped.Lines[2].Cells);
        Assert.Equal(["合计", "", "3"], grouped.Lines[^1].Cells);
    }

    [Fact]
    public async Task Contacts_are_masked_and_taking_them_along_is_an_entry()
    {
        await using var town = await LoopTown.FoundAsync();
        var receipt = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "楼道灯坏了，晚上看不见", place = new { area = LoopTown.Chengnan }, name = "张三", phone = "13812345678", idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.Equal(HttpStatusCode.Created, receipt.Status);
        var definition = LedgerTown.Plain("number", "reporterName", "reporterPhone");

        Assert.Equal(["张*", "138****5678"], (await town.PreviewAsync("paidan", definition)).Lines[0].Cells.Skip(1));
        Assert.Equal("columns[1].column", (await town.RefusedAsync("shenji", definition)).Field);   // an auditor reads no contacts

        var export = await town.ExportAsync("paidan", await town.SaveAsync("paidan", definition), LedgerFormat.Csv);
        var file = System.Text.Encoding.UTF8.GetString(await town.FetchAsync("paidan", export));
        Assert.Contains("138****5678", file, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", file, StringComparison.Ordinal);
        var verbs = await town.Town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Verb.StartsWith("ledgers.")).OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync());
        Assert.Equal(["ledgers.add", "ledgers.export-personal", "ledgers.made", "ledgers.fetch-personal"], verbs);
    }

    [Fact]
    public async Task Every_ready_made_ledger_fills_itself_in_both_languages()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var visitor = await town.AsAsync("duban");
        var ready = (await visitor.GetAsync("/api/ledgers")).Json<LedgerView[]>();
        Assert.True(ready.Length >= 7);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            visitor.Language = language;
            foreach (var ledger in ready)
            {
                var answer = await visitor.GetAsync($"/api/ledgers/{ledger.Id}/lines");
                Assert.True(answer.Status == HttpStatusCode.OK, $"{ledger.Id}: {answer.Text}");
                Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/work/ledgers/{ledger.Id}/print")).Status);
                var sheet = answer.Json<LedgerLines>();
                Assert.True(language == "zh-CN" || !string.Concat([sheet.Title, sheet.Subtitle, .. sheet.Head.Select(h => h.Text)]).Any(c => c is >= '\u4e00' and <= '\u9fff'), $"{ledger.Id} {answer.Text}");
                var paper = (await visitor.GetAsync($"/work/ledgers/{ledger.Id}/print")).Page.QuerySelectorAll(".ledger-sides, .ledger-signature, .ledger-title, .ledger-subtitle");
                Assert.DoesNotMatch(language == "en" ? "[\u4e00-\u9fff{}]" : "[{}]|[A-Za-z]{4}", string.Concat(paper.Select(e => e.TextContent)));
            }
        }

        visitor.Language = "zh-CN";
    }

    [Fact]
    public async Task A_sheet_without_English_is_Chinese_altogether()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var visitor = await town.AsAsync("duban");
        visitor.Language = "en";
        async Task<LedgerLines> ShownAsync(LedgerDefinition definition) => (await visitor.SendJsonAsync(HttpMethod.Post, "/api/ledgers/preview", definition)).Json<LedgerLines>();
        var ours = LedgerTown.Plain("number", "state") with { Title = "{county}台账", Subtitle = "{month} {organisation}", Columns = [new("number"), new("state", Heading: "进展")] };

        var chinese = await ShownAsync(ours);
        Assert.Equal(("壶关县台账", "3 壶关县"), (chinese.Title, chinese.Subtitle));
        Assert.Equal(["编号", "进展"], chinese.Head.Select(h => h.Text));
        Assert.Equal("已办结", chinese.Lines[0].Cells[1]);

        var english = await ShownAsync(ours with { TitleEn = "Ledger of {县}", Columns = [new("number"), new("state", Heading: "进展", HeadingEn: "Progress")] });
        Assert.Equal("Ledger of Huguan County", english.Title);
        Assert.Equal(["Number", "Progress"], english.Head.Select(h => h.Text));
        Assert.Equal("Resolved", english.Lines[0].Cells[1]);
        Assert.Equal("Ledger", (await ShownAsync(LedgerTown.Plain("number") with { Name = "Ledger" })).Title);
        visitor.Language = "zh-CN";
    }

    [Fact]
    public async Task Every_source_gives_every_column_that_it_offers()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        foreach (var who in new[] { "duban", "guanli", "shenji" })
        {
            var sources = (await (await town.AsAsync(who)).GetAsync("/api/ledgers/sources")).Json<LedgerSourceAnswer[]>();
            foreach (var source in sources)
            {
                var countsAlone = who == "guanli" && source.Key is ("requests" or "clocks" or "events" or "evidence" or "handovers");
                LedgerDefinition Of(params IEnumerable<string> columns) =>
                    LedgerTown.Plain() with { Source = source.Key, Columns = [.. columns.Select(c => new LedgerColumnSpec(c, Total: TotalKind.Count))], OnlyTotals = countsAlone, GrandTotal = countsAlone };
                foreach (var some in source.Columns.Select(c => c.Key).Chunk(LedgerDefinition.MostColumns))
                {
                    var lines = await town.PreviewAsync(who, Of(some));
                    Assert.True(who != "duban" || source.Key is not ("requests" or "clocks" or "events" or "organisations" or "areas" or "types" or "responsibilities" or "specialDays") || lines.Lines.Count > 0, source.Key);
                }

                foreach (var period in source.Columns.Where(c => c.HasPeriod))
                {
                    await town.PreviewAsync(who, Of(period.Key) with { Period = new LedgerPeriod(PeriodKind.ThisMonth, period.Key) });
                }
            }

            Assert.Equal(who == "guanli", sources.Any(s => s.Key == "people"));
            Assert.Equal(who == "shenji", sources.Any(s => s.Key == "audit"));
        }
    }
}
