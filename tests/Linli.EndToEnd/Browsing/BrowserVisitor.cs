using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Linli.Testing;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Browsing;

/// <summary>Somebody with a real browser.</summary>
internal sealed class BrowserVisitor : IAsyncDisposable
{
    /// <summary>What a page had open when it was left, the live line above all.</summary>
    private const string LeftBehind = "net::ERR_ABORTED";

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
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != LeftBehind)
            {
                _complaints.Enqueue($"{request.Failure} {request.Url}");
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

    /// <summary>The kind of content that the address answers with, without opening it.</summary>
    public async Task<string> AskAsync(string path) => (await _context.APIRequest.GetAsync(path)).Headers.GetValueOrDefault("content-type") ?? "";

    public async Task<IResponse> GoAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} answered nothing.");

    /// <summary>The page is usable by everybody (axe), fits its screen, and the browser had nothing to complain about. Leaves a screenshot.</summary>
    /// <param name="name">Of the screenshot.</param>
    public async Task IsInOrderAsync(string name)
    {
        await PhotographAsync(name);
        Assert.Empty(await FlawsAsync(withAxe: true));
    }

    /// <summary>Looks at the same page on another screen; null for the own one.</summary>
    public Task TurnToAsync(Screen? screen) => Page.SetViewportSizeAsync((screen ?? _screen).Width, (screen ?? _screen).Height);

    /// <summary>What is wrong with the page: wider than its screen, complaints of the browser, and, where asked, what axe finds.</summary>
    public async Task<IReadOnlyList<string>> FlawsAsync(bool withAxe)
    {
        var flaws = new List<string>();
        if (withAxe)
        {
            var axe = await Page.RunAxe();
            flaws.AddRange(axe.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))})"));
        }

        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0)
        {
            flaws.Add($"{wide} pixels wider than a screen of {Page.ViewportSize!.Width}");
        }

        while (_complaints.TryDequeue(out var complaint))
        {
            flaws.Add(complaint);
        }

        return flaws;
    }

    /// <summary>The whole page as a picture in TestResults/, to be looked at by people.</summary>
    public Task PhotographAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Repository.At("TestResults", $"{name}-{_screen.Name}-{_language[..2]}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled,
    });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
