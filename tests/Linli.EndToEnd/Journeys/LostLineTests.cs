using Linli.EndToEnd.Browsing;
using Linli.Requests;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

/// <summary>Bad networks, and buttons of the browser itself.</summary>
public sealed class LostLineTests
{
    [Fact]
    public async Task What_is_written_on_the_way_waits_for_the_line_and_is_sent_once()
    {
        await using var town = await BrowserTown.FoundAsync();
        var number = await InHandAsync(town.Town);
        await using var worker = await town.OpenAsync(Screen.Phone, "shizheng");
        await worker.GoAsync("/work/field");
        await worker.Page.Locator($"a[href*='{number}'][href$='#step-notes']").ClickAsync();
        var note = worker.Page.Locator("#step-notes textarea");
        await note.FillAsync("井圈也裂了");

        await worker.Page.Context.SetOfflineAsync(true);
        await worker.Page.Locator("#step-notes button[type=submit]").ClickAsync();
        await worker.Page.GetByText("内容已保存在这部手机上").WaitForAsync();
        Assert.Equal("井圈也裂了", await note.InputValueAsync());

        await worker.Page.Context.SetOfflineAsync(false);
        await worker.Page.WaitForURLAsync("**/work/field?done=Note");

        // The next one on this device does not find what was written by the last.
        await worker.GoAsync($"/work/requests/{number}#step-notes");
        Assert.Equal("", await worker.Page.Locator("#step-notes textarea").InputValueAsync());
        await worker.Page.Locator("#step-notes textarea").FillAsync("还没写完");
        await worker.Page.Locator("details.account summary").ClickAsync();
        await worker.Page.Locator("details.account button").ClickAsync();
        await worker.Page.WaitForURLAsync(url => !url.Contains("/work", StringComparison.Ordinal));
        Assert.Equal(0, await worker.Page.EvaluateAsync<int>("Object.keys(localStorage).filter(k => k.startsWith('linli.draft')).length"));
    }

    [Fact]
    public async Task Back_shows_the_page_of_the_address_after_a_form_was_answered_in_place_and_reloaded()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report?type=old-estate");
        await page.Locator("#f-text").FillAsync("楼道的灯坏了");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).DblClickAsync();
        await page.Locator(".receipt").WaitForAsync();

        await page.ReloadAsync();
        await page.Locator(".receipt").WaitForAsync();
        await page.GoBackAsync();

        await page.Locator("#f-text").WaitForAsync();
        Assert.Equal("", await page.Locator("#f-text").InputValueAsync());
        Assert.EndsWith("/report?type=old-estate", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reload")]
    [InlineData("leave")]
    public async Task A_report_whose_answer_was_lost_is_one_request_and_no_draft_any_more(string then)
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report?type=old-estate");
        await page.Locator("#f-text").FillAsync("楼道的灯坏了");
        await page.RouteAsync("**/report", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync(new() { MaxRedirects = 0 });   // taken by the server; the answer never reaches the page
            await route.AbortAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await page.GetByText("没有送到，内容没有丢失").WaitForAsync();
        await page.UnrouteAllAsync();

        if (then == "leave")
        {
            await resident.GoAsync("/");
        }

        await resident.GoAsync("/report?type=old-estate");
        await page.GetByText("您上次提交的已经收到").WaitForAsync();
        Assert.Equal("", await page.Locator("#f-text").InputValueAsync());
        await page.GetByText("看编号和查询码").ClickAsync();
        await page.Locator(".receipt").WaitForAsync();

        // What is written next is another matter, with a key of its own.
        await resident.GoAsync("/report?type=old-estate");
        Assert.Equal("", await page.Locator("#f-text").InputValueAsync());
        await page.Locator("#f-text").FillAsync("井盖松了");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await page.Locator(".receipt").WaitForAsync();
        Assert.Equal(["井盖松了", "楼道的灯坏了"], await town.Town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Title).OrderBy(t => t).ToListAsync()));
    }

    private static async Task<string> InHandAsync(Town town)
    {
        using var reporter = await town.HttpAsync();
        var filed = await reporter.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "井盖松了", place = new { area = "140427100001" }, idempotencyKey = Guid.NewGuid().ToString("N") });
        var number = filed.Json().GetProperty("number").GetString()!;
        using var dispatcher = await town.HttpAsync("paidan");
        await dispatcher.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/dispatch", new { organisation = "dept-municipal" });
        using var municipal = await town.HttpAsync("shizheng");
        await municipal.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/signature", new { });
        return number;
    }
}
