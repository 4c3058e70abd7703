using Linli.EndToEnd.Browsing;

namespace Linli.EndToEnd.Journeys;

public sealed class FirstLookTests
{
    public static TheoryData<int, string> Views() => new() { { 360, "zh-CN" }, { 360, "en" }, { 1440, "zh-CN" }, { 1440, "en" } };

    [Theory, MemberData(nameof(Views))]
    public async Task The_home_page_is_in_order(int width, string language)
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var somebody = await town.OpenAsync(width == 360 ? Screen.Phone : Screen.Desk, language: language);

        var home = await somebody.GoAsync("/");

        Assert.Equal(200, home.Status);
        await somebody.IsInOrderAsync("home");
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
