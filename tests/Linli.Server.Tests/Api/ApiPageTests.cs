using System.Text.Json.Nodes;
using Linli.Server.Api.Pages;
using Linli.Testing;

namespace Linli.Server.Tests.Api;

/// <summary>/api: the API for people.</summary>
public sealed class ApiPageTests(ApiDocumentTests.Published api) : IClassFixture<ApiDocumentTests.Published>
{
    private ApiReading Reading => new(api.Document.DeepClone().AsObject());

    /// <summary>A new or changed English text needs its Chinese in src/Linli.Server/Api/Pages/words.zh.json.</summary>
    [Fact]
    public void Everything_the_pages_say_is_there_in_Chinese() => Assert.Empty(Reading.Texts().Except(Spoken.Known));

    [Fact]
    public void No_Chinese_text_has_lost_its_English() => Assert.Empty(Spoken.Known.Except(Reading.Texts()));

    [Theory]
    [InlineData("zh-CN", "接口文档", "提交人凭查询码")]
    [InlineData("en", "API reference", "The reporter with the secret code")]
    public async Task Every_operation_stands_on_the_page_of_its_group_in_both_languages(string language, string title, string who)
    {
        await using var town = await Town.EmptyAsync();
        using var visitor = await town.HttpAsync();
        visitor.Language = language;
        var start = (await visitor.GetAsync("/api")).Text;
        Assert.Contains(title, start, StringComparison.Ordinal);

        var pages = new List<string>();
        foreach (var group in Reading.Groups)
        {
            Assert.Contains($"/api?group={group.Tag}", start, StringComparison.Ordinal);
            pages.Add((await visitor.GetAsync($"/api?group={group.Tag}")).Text);
            Assert.All(group.Operations, o => Assert.Contains($"id=\"{o.Id}\"", pages[^1], StringComparison.Ordinal));
        }

        Assert.Equal(api.Operations.Count, Reading.Groups.Sum(g => g.Operations.Count));
        Assert.Contains(pages, p => p.Contains(who, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_group_leads_to_the_start()
    {
        await using var town = await Town.EmptyAsync();
        using var visitor = await town.HttpAsync();

        Assert.Contains("/api?group=requests", (await visitor.GetAsync("/api?group=nothing")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_the_shell_carries_what_the_guard_asks_for()
    {
        var all = Reading.Groups.SelectMany(g => g.Operations).ToDictionary(o => o.Id, o => o.Curl("http://localhost"));

        Assert.StartsWith("curl -X PUT -b linli.cookies -H 'X-Linli: 1' -H 'Content-Type: application/json' -d '{", all["DispatchRequest"], StringComparison.Ordinal);
        Assert.Contains("-H 'X-Linli-Code: ", all["RateRequest"], StringComparison.Ordinal);
        Assert.Contains("-F 'file=@photo.jpg'", all["SendEvidence"], StringComparison.Ordinal);
        Assert.All(all.Values, line => Assert.DoesNotContain('{', line.Split("-d '")[0]));
    }
}
