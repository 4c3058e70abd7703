using Linli.EndToEnd.Browsing;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

public sealed class FirstLookTests
{
    [Theory]
    [InlineData(360, "zh-CN")]
    [InlineData(1440, "en")]
    public async Task The_pages_about_the_API_are_in_order_and_can_try_it(int width, string language)
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var somebody = await town.OpenAsync(width == 360 ? Screen.Phone : Screen.Desk, language: language);
        await somebody.GoAsync("/api");
        await somebody.IsInOrderAsync("api");
        await somebody.GoAsync("/api?group=areas");

        await somebody.Page.ClickAsync("#LocatePoint linli-try button");
        await somebody.Page.FillAsync("#LocatePoint input[name=lon]", "113.2069");
        await somebody.Page.FillAsync("#LocatePoint input[name=lat]", "36.1154");
        await somebody.Page.ClickAsync("#LocatePoint button[type=submit]");

        await Assertions.Expect(somebody.Page.Locator("#LocatePoint .api-answer")).ToContainTextAsync("140427");
        await somebody.IsInOrderAsync("api-areas");
    }

    [Fact]
    public async Task The_home_page_works_without_script()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var somebody = await town.OpenAsync(Screen.Phone, script: false);

        await somebody.GoAsync("/");

        Assert.True(await somebody.Page.Locator("main").IsVisibleAsync());
        await somebody.PhotographAsync("home-without-script");
    }
}
