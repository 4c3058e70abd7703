using Linli.Testing;

namespace Linli.Requests.Tests.Loop;

/// <summary>The workbench of those for whom no requests wait leads to what they can do.</summary>
public sealed class StartPageTests
{
    [Theory]
    [InlineData("guanli", "/admin/people")]
    [InlineData("tongji", "/work/ledgers")]
    public async Task Whoever_handles_no_requests_lands_on_the_pages_of_the_post(string login, string page)
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync(login);

        var answer = await visitor.GetAsync("/work");

        Assert.Equal(page, answer.Page.QuerySelector("main .row-link")!.GetAttribute("href"));
        Assert.Null(answer.Page.QuerySelector("main [role=search]"));
        foreach (var link in answer.Page.QuerySelectorAll("main .row-link"))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GetAsync(link.GetAttribute("href")!)).Status);
        }
    }

    [Fact]
    public async Task Whoever_has_queues_sees_them_also_when_they_are_empty()
    {
        await using var town = await Town.FoundAsync();
        using var dispatcher = await town.HttpAsync("paidan");

        Assert.NotNull((await dispatcher.GetAsync("/work")).Page.QuerySelector("main [role=search]"));
    }
}
