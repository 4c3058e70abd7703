using Linli.EndToEnd.Browsing;
using Linli.Kernel;
using Linli.Server.Demo;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.EndToEnd.Journeys;

public sealed class AccountTests
{
    /// <summary>All other pages are opened by <see cref="EveryPageTests"/>; this one has more to show in the demo.</summary>
    [Theory]
    [InlineData(360, "en")]
    [InlineData(1440, "zh-CN")]
    public async Task The_demos_page_for_signing_in_is_in_order(int width, string language)
    {
        await using var town = await BrowserTown.FoundAsync(new TownOptions { Adjust = b => b.Services.AddSingleton(new DemoLogins(DemoCounty.Accounts())) });
        await using var somebody = await town.OpenAsync(width == 360 ? Screen.Phone : Screen.Desk, language: language);
        await LookAsync(somebody, "/sign-in", "sign-in");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_colleague_is_added_chooses_a_password_and_works(bool script)
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var administrator = await town.OpenAsync(Screen.Desk, "guanli", script: script);
        await administrator.GoAsync("/admin/people/new");
        await administrator.Page.GetByLabel("登录名").FillAsync("li.na");
        await administrator.Page.GetByLabel("姓名", new() { Exact = true }).FillAsync("李娜");
        await administrator.Page.Locator("select[name=role]").SelectOptionAsync("Supervisor");
        await administrator.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "添加人员" }).ClickAsync();
        var code = await administrator.Page.Locator(".callout .copy-text").InnerTextAsync();

        await using var colleague = await town.OpenAsync(Screen.Phone, script: script);
        await colleague.GoAsync("/sign-in/code");
        await colleague.Page.GetByLabel("登录名").FillAsync("li.na");
        await colleague.Page.GetByLabel("一次性代码").FillAsync(code);
        await colleague.Page.GetByLabel("新密码").FillAsync("一句好记的话就很好");
        await colleague.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "设置并登录" }).ClickAsync();
        Assert.EndsWith("/sign-in/code", colleague.Page.Url, StringComparison.Ordinal);
        await colleague.Page.GetByLabel("一次性代码").FillAsync(code);
        await colleague.Page.GetByLabel("新密码").FillAsync("一句好记又足够长的话没人猜到");
        await colleague.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "设置并登录" }).ClickAsync();
        await colleague.Page.WaitForURLAsync("**/work");

        await colleague.GoAsync("/me");
        Assert.Contains("督办员", await colleague.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(403, (await colleague.GoAsync("/admin/people")).Status);
        await colleague.PhotographAsync("forbidden");
    }

    [Fact]
    public async Task The_bell_counts_what_arrives_while_the_page_is_open()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var staff = await town.OpenAsync(Screen.Desk, "paidan");
        var live = staff.Page.WaitForRequestAsync("**/live");
        await staff.GoAsync("/work");
        await live;

        // What arrives before the line's first look is no news to the page: tell again until it is.
        var counts = false;
        for (var told = 0; told < 5 && !counts; told++)
        {
            await TellAsync(town.Town, "paidan", 1);
            counts = await AppearsAsync(staff.Page.Locator(".tool-bell .count:visible"));
        }

        Assert.True(counts, "The bell shows no number.");
    }

    private static async Task<bool> AppearsAsync(Microsoft.Playwright.ILocator what)
    {
        try
        {
            await what.WaitForAsync(new() { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task LookAsync(BrowserVisitor visitor, string path, string name)
    {
        var page = await visitor.GoAsync(path);
        Assert.Equal(200, page.Status);
        var size = (await page.BodyAsync()).Length;
        Assert.True(size < 60_000, $"{path} weighs {size} bytes.");
        await visitor.IsInOrderAsync(name);
    }

    private static Task TellAsync(Town town, string login, int times) => town.InScopeAsync(async (IServiceProvider scope) =>
    {
        var db = scope.GetRequiredService<LinliDb>();
        var account = await db.Set<Account>().Where(a => a.UserName == login).Select(a => a.Id).SingleAsync();
        for (var i = 0; i < times; i++)
        {
            await scope.GetRequiredService<Notify>().HandleAsync(
                new Notification([Recipients.Person(account)], new NoticeText("没有编号为 {0} 的消息。", i), "/work"), null, CancellationToken.None);
        }

        await db.CommitAsync(Act.BySystem("test.tell", town.Clock.Now));
    });
}
