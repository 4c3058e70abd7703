using Linli.Testing;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Browsing;

/// <summary>A town with a real port and its workers running, for people with real browsers.</summary>
internal sealed class BrowserTown : IAsyncDisposable
{
    private readonly IBrowser _browser;

    private BrowserTown(Town town, IBrowser browser) => (Town, _browser) = (town, browser);

    public Town Town { get; }

    /// <param name="options">What is unusual.</param>
    /// <param name="prepare">What has happened in the town before it opens.</param>
    public static async Task<BrowserTown> FoundAsync(TownOptions? options = null, Func<Town, Task>? prepare = null)
    {
        var browser = await Chromium.OpenAsync();
        var town = await Town.FoundAsync((options ?? new TownOptions()) with { RealPort = true, BackgroundWork = true });
        await (prepare?.Invoke(town) ?? Task.CompletedTask);
        await town.StartAsync();
        return new BrowserTown(town, browser);
    }

    /// <param name="screen">On what.</param>
    /// <param name="login">Who signs in, a login of data/demo/accounts.json; null for somebody without an account.</param>
    /// <param name="language">zh-CN or en.</param>
    /// <param name="at">Another name of the town's address.</param>
    /// <param name="script">False for a browser that runs none.</param>
    public async Task<BrowserVisitor> OpenAsync(Screen screen, string? login = null, string language = "zh-CN", bool script = true, string? at = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = at ?? Town.Address, Locale = language, TimezoneId = "Asia/Shanghai", JavaScriptEnabled = script,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            IsMobile = screen.IsPhone, HasTouch = screen.IsPhone, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        var visitor = await BrowserVisitor.OpenAsync(context, screen, language);
        if (login is not null)
        {
            await visitor.SignInAsync(login);
        }

        return visitor;
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
