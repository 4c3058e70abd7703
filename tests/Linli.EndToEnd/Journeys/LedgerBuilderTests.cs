using System.IO.Compression;
using System.Xml.Linq;
using Linli.EndToEnd.Browsing;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

/// <summary>A clerk puts the county's weekly form together in a browser, from nothing.</summary>
public sealed class LedgerBuilderTests
{
    [Fact]
    public async Task The_weekly_form_is_built_from_nothing_and_fills_its_cells()
    {
        await using var town = await BrowserTown.FoundAsync();
        await FillAsync(town.Town);
        await using var clerk = await town.OpenAsync(Screen.Desk, "duban");
        var page = clerk.Page;
        await clerk.GoAsync("/work/ledgers");
        await page.GetByRole(AriaRole.Link, new() { Name = "新台账" }).ClickAsync();
        await page.Locator("a[href='/work/ledgers/new?source=requests&totals=true']").ClickAsync();

        await page.Locator("#f-name").FillAsync("办理周报");
        await page.Locator("#f-title").FillAsync("{县}诉求办理周报");
        await page.Locator("[name='period.kind']").SelectOptionAsync("ThisWeek");
        var find = page.GetByRole(AriaRole.Searchbox, new() { Name = "输入几个字找列" });
        await find.FillAsync("已办结");
        await find.PressAsync("Enter");
        await page.Locator("[name='columns[3].heading']").FillAsync("办结数");
        await page.Locator("[name='columns[3].under']").FillAsync("办理情况");
        await page.Locator("[name='columns[2].heading']").FillAsync("受理数");
        await page.Locator("[name='columns[2].under']").FillAsync("办理情况");
        await page.GetByRole(AriaRole.Button, new() { Name = "加一个算出来的列" }).ClickAsync();
        var formula = page.Locator("[name='columns[4].formula']");
        await Assertions.Expect(formula).ToBeFocusedAsync();
        await page.Locator("[data-insert='[办结数]']").ClickAsync();
        await formula.PressSequentiallyAsync(" / ");
        await page.Locator("[data-insert='[受理数]']").ClickAsync();
        await page.Locator("[name='columns[4].heading']").FillAsync("办结率");

        // Moved with the keyboard, taken out, and back again with all that was written.
        await page.Locator("[name='columns[4].heading']").PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.Locator("[name='columns[3].heading']")).ToHaveValueAsync("办结率");
        await Assertions.Expect(page.Locator("button[value='up:3']")).ToBeFocusedAsync();
        await page.Locator("button[value='remove:3']").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "撤销" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[name='columns[3].formula']")).ToHaveValueAsync("[办结数] / [受理数]");
        await page.Locator("button[value='down:3']").ClickAsync();

        await Assertions.Expect(page.Locator("linli-preview")).ToContainTextAsync("壶关县诉求办理周报");
        await Assertions.Expect(page.Locator("linli-preview .ledger-total")).ToContainTextAsync("33.3%");
        await clerk.IsInOrderAsync("ledger-builder");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存台账" }).ClickAsync();

        await page.GetByText("已保存").WaitForAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "XLSX" }).ClickAsync());
        var cells = await CellsAsync(download);
        Assert.Equal(["壶关县诉求办理周报", "办理情况", "受理数", "办结数", "办结率"], new[] { "A1", "C2", "C3", "D3", "E2" }.Select(c => cells.GetValueOrDefault(c)));
        Assert.Equal(["1", "龙泉镇", "2", "1", "0.5"], "ABCDE".Select(c => cells.GetValueOrDefault($"{c}4")));
        Assert.Equal(["2", "百尺镇", "1", "0", "0"], "ABCDE".Select(c => cells.GetValueOrDefault($"{c}5")));
    }

    /// <summary>Two requests of one township, of which one is resolved, and one of another.</summary>
    private static async Task FillAsync(Town town)
    {
        using var resident = await town.HttpAsync();
        List<string> numbers = [];
        foreach (var area in new[] { "140427100001", "140427100001", "140427101" })
        {
            var answer = await resident.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = $"楼道灯坏了，第 {numbers.Count} 个", place = new { area }, idempotencyKey = Guid.NewGuid().ToString("N") });
            numbers.Add(answer.Json().GetProperty("number").GetString()!);
        }

        using var dispatcher = await town.HttpAsync("paidan");
        using var handler = await town.HttpAsync("shizheng");
        foreach (var (who, step, body) in new (Visitor, string, object)[]
        {
            (dispatcher, "dispatch", new { organisation = "dept-municipal" }), (handler, "signature", new { }), (handler, "contact", new { isReached = true, note = "已联系" }), (handler, "resolution", new { result = "solved", text = "灯换好了" }),
        })
        {
            var answer = await who.SendJsonAsync(HttpMethod.Put, $"/api/requests/{numbers[0]}/{step}", body);
            Assert.True((int)answer.Status < 300, answer.Text);
        }
    }

    private static async Task<Dictionary<string, string>> CellsAsync(IDownload download)
    {
        await using var file = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        using var zip = new ZipArchive(copy);
        await using var sheet = await zip.Entries.Single(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).OpenAsync();
        return XDocument.Load(sheet).Descendants().Where(e => e.Name.LocalName == "c").ToDictionary(c => c.Attribute("r")!.Value, c => c.Value);
    }
}
