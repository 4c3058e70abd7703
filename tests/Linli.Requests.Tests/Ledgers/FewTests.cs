using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Totals of those who see no requests do not become a list of single ones.</summary>
public sealed class FewTests
{
    private const string Others = "其他（不足 3 件）";

    private static readonly LedgerDefinition ByTown = TotalsTests.ByTown;

    [Fact]
    public async Task Lines_of_one_or_two_requests_are_one_and_cannot_be_reckoned_from_the_grand_total()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        await town.ReportAsync(text: "井盖松动，车一过就响");   // three in this township, one in the other
        Assert.Equal([$"{Others}|4|1|25.0%", "合计|4|1|25.0%"], Cells(await town.PreviewAsync("tongji", ByTown)));
        var empty = Cells(await town.PreviewAsync("tongji", ByTown with { EmptyGroups = true }));
        Assert.DoesNotContain(empty, l => l.StartsWith("百尺镇", StringComparison.Ordinal) || l.StartsWith("城南", StringComparison.Ordinal));
        Assert.Equal($"{Others}|4|1|25.0%", empty[^2]);

        for (var i = 0; i < 3; i++)
        {
            await town.ReportAsync(area: LedgerTown.Baichi, text: $"第 {i + 1} 根电线杆歪了，怕倒下来");
        }

        var counted = Cells(await town.PreviewAsync("tongji", ByTown));
        Assert.Equal(Cells(await town.PreviewAsync("duban", ByTown)), counted);   // nothing few: as a supervisor has it
        Assert.Equal(3, counted.Count);
    }

    [Fact]
    public async Task What_is_narrowed_to_one_or_two_requests_has_no_figures_at_all()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        foreach (var form in new[] { ByTown with { Where = "[乡镇] = \"百尺镇\"" }, ByTown with { Where = "[已办结]" }, ByTown with { Where = "[已办结]", GroupBy = [] }, ByTown with { Filters = new Dictionary<string, string> { ["area"] = LedgerTown.Baichi } } })
        {
            Assert.Equal([$"{Others}|||", "合计|||"], Cells(await town.PreviewAsync("tongji", form)));
        }

        var types = await town.PreviewAsync("tongji", ByTown with { GroupBy = ["town", "type"] });
        Assert.DoesNotContain(types.Lines, l => l.Cells[0].Contains("小计", StringComparison.Ordinal));
        Assert.Equal("1", (await town.PreviewAsync("duban", ByTown with { Where = "[已办结]" })).Lines[^1].Cells[1]);
    }

    [Theory]
    [InlineData("events", "step")]
    [InlineData("clocks", "kind")]
    public async Task Many_steps_of_one_request_are_still_of_one(string source, string column)
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var form = LedgerTown.Plain() with
        {
            Source = source, Columns = [new(column), new("request.number", Total: TotalKind.Count)], GroupBy = ["request.town"], OnlyTotals = true, GrandTotal = true, Where = "[request.isResolved]",
        };
        Assert.True(int.Parse((await town.PreviewAsync("duban", form)).Lines[^1].Cells[1], null) >= 3);
        Assert.Equal([$"{Others}|", "合计|"], Cells(await town.PreviewAsync("tongji", form)));
    }

    [Fact]
    public async Task Nobody_counts_days_instants_or_what_is_not_public()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var day = new DateOnly(2026, 3, 2);
        foreach (var kind in new[] { PeriodKind.Today, PeriodKind.Yesterday, PeriodKind.SinceLastWorkingDay })
        {
            Assert.Equal("period.kind", (await town.RefusedAsync("tongji", ByTown with { Period = new LedgerPeriod(kind, "reportedAt") })).Field);
        }

        Assert.Equal("period.from", (await town.RefusedAsync("tongji", ByTown with { Period = new LedgerPeriod(PeriodKind.Days, "reportedAt", day, day.AddDays(5)) })).Field);
        await town.PreviewAsync("tongji", ByTown with { Period = new LedgerPeriod(PeriodKind.Days, "reportedAt", day, day.AddDays(6)) });
        await town.PreviewAsync("duban", ByTown with { Period = new LedgerPeriod(PeriodKind.Days, "reportedAt", day, day) });

        foreach (var way in new[] { "[提交时间] > date(2026, 3, 1)", "year([提交时间]) = 2026", "days([reportedAt], today()) = 0", "not([已公开])", "[isPublished]" })
        {
            Assert.Equal("where", (await town.RefusedAsync("tongji", ByTown with { Where = way })).Field);
        }

        Assert.Equal("groupBy[0]", (await town.RefusedAsync("tongji", ByTown with { GroupBy = ["isPublished"] })).Field);
        Assert.Equal("groupBy[0]", (await town.RefusedAsync("tongji", ByTown with { Source = "events", Columns = [new("request.number", Total: TotalKind.Count)], GroupBy = ["at"] })).Field);
    }

    [Fact]
    public async Task Ready_made_forms_have_their_exact_figures_and_a_copy_with_another_group_has_not()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        town.Clock.Advance(TimeSpan.FromDays(7));
        var (seen, counted) = (await town.LinesAsync("duban", "township-weekly"), await town.LinesAsync("tongji", "township-weekly"));
        Assert.Equal(Cells(seen), Cells(counted));
        Assert.Contains(counted.Lines, l => l.Cells[2] == "1");

        var file = await town.FetchAsync("tongji", await town.ExportAsync("tongji", "township-weekly", Shell.Ledgers.Exports.LedgerFormat.Csv));
        Assert.DoesNotContain(Others, System.Text.Encoding.UTF8.GetString(file), StringComparison.Ordinal);

        var own = await town.ExportAsync("tongji", await town.SaveAsync("tongji", ByTown), Shell.Ledgers.Exports.LedgerFormat.Csv);
        Assert.Contains(Others, System.Text.Encoding.UTF8.GetString(await town.FetchAsync("tongji", own)), StringComparison.Ordinal);
    }

    private static List<string> Cells(LedgerLines lines) => [.. lines.Lines.Select(l => string.Join('|', l.Cells))];
}
