using Microsoft.Playwright;

namespace Linli.EndToEnd.Browsing;

/// <summary>One browser for the whole process; every visitor has a context of their own in it.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> Browser = new(StartAsync);

    /// <summary>LINLI_CHROMIUM, or where Debian and others put it; null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("LINLI_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public static Task<IBrowser> OpenAsync()
    {
        Assert.SkipWhen(Path is null, "No Chromium was found. Debian: apt-get install chromium fonts-noto-cjk; elsewhere set LINLI_CHROMIUM to a Chromium or Chrome.");
        return Browser.Value;
    }

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Headless = true, Args = Arguments });
    }
}
