using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Linli.Testing;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Browsing;

/// <summary>Somebody with a real browser.</summary>
internal sealed class BrowserVisitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Screen _screen;
    private readonly string _language;
    private readonly ConcurrentQueue<string> _complaints = new();

    private BrowserVisitor(IBrowserContext context, IPage page, Screen screen, string language)
    {
        (_context, Page, _screen, _language) = (context, page, screen, language);
        page.PageError += (_, error) => _complaints.Enqueue($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue($"console: {message.Text}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                _complaints.Enqueue($"{response.Status} {response.Url}");
            }
        };
    }

    /// <summary>Everything that Playwright can do.</summary>
    public IPage Page { get; }

    /// <summary>What the browser complained about: script errors, refused resources, errors of the server.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<BrowserVisitor> OpenAsync(IBrowserContext context, Screen screen, string language) =>
        new(context, await context.NewPageAsync(), screen, language);

    public async Task SignInAsync(string login)
    {
        var answer = await _context.APIRequest.PostAsync("/api/session", new APIRequestContextOptions { DataObject = new { login, password = Town.Password } });
        Assert.True(answer.Ok, $"{login} cannot sign in: {await answer.TextAsync()}");
    }

    public async Task<IResponse> GoAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} answered nothing.");

    /// <summary>The page is usable by everybody (axe), fits its screen, and the browser had nothing to complain about. Leaves a screenshot.</summary>
    /// <param name="name">Of the screenshot.</param>
    public async Task IsInOrderAsync(string name)
    {
        await PhotographAsync(name);
        var axe = await Page.RunAxe();
        var violations = axe.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))})");
        Assert.Empty(violations);
        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"{Page.Url} is {wide} pixels wider than a screen of {_screen.Width}.");
        Assert.Empty(_complaints);
    }

    /// <summary>The whole page as a picture in TestResults/, to be looked at by people.</summary>
    public Task PhotographAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Repository.At("TestResults", $"{name}-{_screen.Name}-{_language[..2]}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled,
    });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
