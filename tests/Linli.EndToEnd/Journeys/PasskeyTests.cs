using Linli.EndToEnd.Browsing;
using Linli.Shell.Accounts.Passkeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

/// <summary>Passkeys in a real browser, with the authenticator that Chromium can pretend to have.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_is_added_signs_in_confirms_and_is_removed()
    {
        await using var town = await BrowserTown.FoundAsync();
        // Passkeys belong to a name, never to a bare address.
        await using var visitor = await town.OpenAsync(Screen.Desk, at: town.Town.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await AddAuthenticatorAsync(visitor.Page);
        await visitor.SignInAsync("guanli");

        await visitor.GoAsync("/me/second-factor");
        await visitor.Page.GetByLabel("名字").FillAsync("我的手机");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "已经保存好了" }).WaitForAsync();
        Assert.Equal(10, await visitor.Page.Locator("linli-passkey .codes code").CountAsync());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "已经保存好了" }).ClickAsync();
        Assert.Contains("我的手机", await visitor.Page.Locator("#passkeys").InnerTextAsync(), StringComparison.Ordinal);
        await visitor.IsInOrderAsync("passkeys");

        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.GoAsync("/sign-in?return=/admin/people");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/admin/people");
        Assert.NotNull(await town.Town.ReadAsync(db => db.Set<Passkey>().Select(p => p.UsedAt).SingleAsync()));

        town.Town.Clock.Advance(TimeSpan.FromMinutes(11));
        await visitor.GoAsync("/me/second-factor");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "移除通行密钥 我的手机" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥确认" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/me/second-factor?done=passkey");
        Assert.Equal(0, await town.Town.ReadAsync(db => db.Set<Passkey>().CountAsync()));
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
