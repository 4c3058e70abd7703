using Linli.Testing;

namespace Linli.Server.Tests.Http;

/// <summary>The browser keeps a report that is being written; what says who somebody is stays out of it (data-draft=no, web/src/islands/draft.ts).</summary>
public sealed class DraftTests
{
    [Fact]
    public async Task What_says_who_somebody_is_is_not_kept_in_the_browser()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();
        var page = (await visitor.GetAsync("/report")).Page;
        string[] personal = ["name", "phone", "email", "otherContact", "home", "aboutPerson"];

        Assert.All(personal, field => Assert.Equal("no", page.QuerySelector($"input[name={field}]")!.GetAttribute("data-draft")));
        Assert.Null(page.QuerySelector("textarea[name=text]")!.GetAttribute("data-draft"));
    }
}
