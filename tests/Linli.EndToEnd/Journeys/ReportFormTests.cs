using Linli.EndToEnd.Browsing;
using Linli.Requests.Twins;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

/// <summary>What only a browser with script does with the report form.</summary>
public sealed class ReportFormTests
{
    private const string Lamp = "street-lamp";

    [Fact]
    public async Task List_suggestion_and_questions_say_the_same_and_survive_a_reload()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report");

        await page.Locator("#f-text").FillAsync("路口的路灯坏了好几天，晚上看不见");
        await page.Locator("linli-type [name='answers.pole']").FillAsync("南环路 12 号");
        Assert.Equal(Lamp, await page.Locator("select[name=serviceType]").InputValueAsync());

        // Chosen by hand from the list: the suggestion gives way, and its questions with it.
        await page.Locator("select[name=serviceType]").SelectOptionAsync("road-damage");
        await page.Locator("linli-type [name='answers.pole']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal("", await page.Locator("input[name=suggested]:checked").GetAttributeAsync("value"));

        await page.Locator($"input[name=suggested][value={Lamp}]").CheckAsync();
        await page.Locator("linli-type [name='answers.pole']").FillAsync("南环路 13 号");
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("linli-type [name='answers.pole']")).ToHaveValueAsync("南环路 13 号");
        Assert.Equal(Lamp, await page.Locator("select[name=serviceType]").InputValueAsync());
        Assert.Empty(await resident.FlawsAsync(withAxe: true));
    }

    [Fact]
    public async Task A_document_is_shown_by_its_name_and_comes_along()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report?type=old-estate");
        await page.Locator("#f-text").FillAsync("楼道的灯坏了，附物业的回复");

        await page.Locator("input[type=file]").SetInputFilesAsync(
        [
            new FilePayload { Name = "物业回复.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\ntrailer<<>>\n%%EOF"u8.ToArray() },
            new FilePayload { Name = "帐.zip", MimeType = "application/zip", Buffer = [80, 75, 3, 4] },
        ]);
        await page.GetByText("“帐.zip”不是照片或 PDF").WaitForAsync();
        await page.Locator(".photos-file").GetByText("物业回复.pdf").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();

        await page.Locator(".receipt").WaitForAsync();
        await page.Locator(".photo-strip").GetByText("物业回复.pdf").WaitForAsync();
    }

    [Fact]
    public async Task What_others_reported_shows_while_somebody_types_and_one_press_joins_it()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var first = await town.OpenAsync(Screen.Phone);
        var told = await first.Page.APIRequest.PostAsync($"{town.Town.Address}/api/requests", new() { DataObject = new { serviceType = "old-estate", text = "体育场的看台栏杆松动，很危险", idempotencyKey = Guid.NewGuid().ToString("N") } });
        Assert.True(told.Ok, await told.TextAsync());
        await town.Town.InScopeAsync((TwinKeeper keeper) => keeper.LookAsync(default));
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report");

        await page.Locator("#f-text").FillAsync("体育场看台的栏杆松动了，孩子差点摔下来");
        await page.GetByRole(AriaRole.Button, new() { Name = "我也遇到" }).ClickAsync();

        await page.Locator(".receipt").WaitForAsync();
        await page.GetByText("有人先反映了同一件事").WaitForAsync();
        await page.GetByText("孩子差点摔下来").First.WaitForAsync();
    }
}
