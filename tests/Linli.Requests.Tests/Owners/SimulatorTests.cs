using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Tests.Catalogue;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Owners;

/// <summary>Who would get it, and why not the others: sites, hours, dates, avoidance; over the API and the page, with wrong input too.</summary>
public sealed class SimulatorTests
{
    private const string Chengnan = "140427100001";

    [Fact]
    public async Task A_line_for_a_site_that_the_words_name_goes_before_all_others()
    {
        await using var town = await WithLinesAsync("street-lamp,,140427,dept-transport,,公路沿线路灯,国道207|207国道,,,", "street-lamp,,140427,util-power,,供电维护,城南变电站,,,");
        var staff = await town.HttpAsync("paidan");

        var named = await AskAsync(staff, "type=street-lamp&area=" + Chengnan + "&text=" + Uri.EscapeDataString("207国道旁边的路灯不亮"));
        Assert.Equal("dept-transport", named.Organisation);
        Assert.Contains("207国道", named.Candidates[0].Why, StringComparison.Ordinal);
        Assert.Contains(named.Candidates, c => c is { Code: "dept-municipal", Verdict: "lessSpecific" });
        Assert.Contains(named.Candidates, c => c is { Code: "util-power", Verdict: "otherSite" });

        Assert.Equal("dept-municipal", (await AskAsync(staff, "type=street-lamp&area=" + Chengnan + "&text=" + Uri.EscapeDataString("巷子里的路灯不亮"))).Organisation);
    }

    [Theory]
    [InlineData("2026-03-02T21:59", "dept-municipal", "otherHours")]
    [InlineData("2026-03-02T22:00", "dept-emergency", "chosen")]
    [InlineData("2026-03-03T05:59", "dept-emergency", "chosen")]
    [InlineData("2026-03-03T06:00", "dept-municipal", "otherHours")]
    [InlineData("2026-04-01T23:00", "dept-municipal", "otherDay")]
    public async Task Hours_go_over_midnight_and_dates_end_a_line(string at, string expected, string verdict)
    {
        await using var town = await WithLinesAsync("manhole,,140427,dept-emergency,,夜间值守,,22:00-06:00,2026-03-01,2026-03-31");

        var answer = await AskAsync(await town.HttpAsync("paidan"), $"type=manhole&area={Chengnan}&at={at}");

        Assert.True(expected == answer.Organisation, string.Join(" / ", answer.Candidates.Select(c => $"{c.Verdict} {c.Why}")));
        Assert.Equal(verdict, answer.Candidates.Single(c => c.Code == "dept-emergency").Verdict);
    }

    [Fact]
    public async Task Whom_the_text_complains_about_does_not_get_it()
    {
        await using var town = await Town.FoundAsync();
        var staff = await town.HttpAsync("paidan");

        var answer = await AskAsync(staff, "type=elder-allowance&area=140427101200&text=" + Uri.EscapeDataString("投诉民政局，津贴停发了还推诿"));
        Assert.NotEqual("dept-civil-affairs", answer.Organisation);
        Assert.Contains(answer.Candidates, c => c is { Code: "dept-civil-affairs", Verdict: "mentioned" } && c.Why.Contains("投诉民政局", StringComparison.Ordinal));

        var said = await AskAsync(staff, "type=elder-allowance&area=140427101200&about=" + Uri.EscapeDataString("县民政局"));
        Assert.Contains(said.Candidates, c => c is { Code: "dept-civil-affairs", Verdict: "concerned" });
    }

    [Theory]
    [InlineData("type=nothing", "nothing")]
    [InlineData("", "事项")]
    [InlineData("type=manhole&area=999", "999")]
    [InlineData("type=manhole&at=yesterday", "yesterday")]
    [InlineData("type=manhole&at=0001-01-01T00:00", "0001")]
    [InlineData("type=manhole&about=%E6%9C%88%E4%BA%AE", "月亮")]
    public async Task What_cannot_be_tried_is_refused_with_its_value(string query, string named)
    {
        await using var town = await Town.FoundAsync();
        var staff = await town.HttpAsync("paidan");

        var api = await staff.GetAsync("/api/responsibilities/simulation?" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, api.Status);
        Assert.Contains(named, api.Text, StringComparison.Ordinal);
        if (query.Length > 0)
        {
            Assert.Contains(named, (await staff.GetAsync("/work/responsibilities?" + query)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_answers_in_both_languages_and_is_for_staff()
    {
        await using var town = await Town.FoundAsync();
        var staff = await town.HttpAsync("paidan");

        Assert.Contains("建议派给县市政中心", (await staff.GetAsync($"/work/responsibilities?type=manhole&area={Chengnan}")).Text, StringComparison.Ordinal);
        Assert.Contains("Proposed: Huguan County Municipal Works Service Centre", (await staff.GetAsync($"/work/responsibilities?type=manhole&area={Chengnan}&lang=en")).Text, StringComparison.Ordinal);
        using var stranger = await town.HttpAsync();
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync("/api/responsibilities")).Status);
        Assert.Contains("dept-municipal", (await staff.GetAsync("/api/responsibilities?type=manhole")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/api/responsibilities?type=nothing")).Status);
    }

    [Theory]
    [InlineData("manhole,,140427,dept-emergency,,x,,25:00-06:00,,", "hours")]
    [InlineData("manhole,,140427,dept-emergency,,x,,22:00-22:00,,", "hours")]
    [InlineData("manhole,,140427,dept-emergency,,x,国道207|a,,,", "site")]
    public async Task A_wrong_line_is_named_and_nothing_is_imported(string line, string field)
    {
        await using var town = await Town.FoundAsync();

        var outcome = await ImportAsync(town, line);

        Assert.Contains(((Kernel.Failure.Invalid)outcome.Failure!).Problems, p => p.Field.EndsWith(field, StringComparison.Ordinal));
    }

    private static async Task<Town> WithLinesAsync(params string[] lines)
    {
        var town = await Town.FoundAsync();
        County.Clean(await ImportAsync(town, lines));
        return town;
    }

    private static async Task<Kernel.Outcome<ImportedCatalogue>> ImportAsync(Town town, params string[] lines)
    {
        using var files = await County.ChangedAsync(responsibility: text => string.Join('\n', text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select((l, i) => l + (i == 0 ? ",site,hours,from,until" : ",,,,")).Concat(lines)) + "\n");
        return await town.InScopeAsync((ImportCatalogue import) => import.ImportAsync(files, Actor.System));
    }

    private static async Task<Told> AskAsync(Visitor staff, string query)
    {
        var answer = await staff.GetAsync("/api/responsibilities/simulation?" + query);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json<Told>();
    }

    private sealed record Told(string? Organisation, IReadOnlyList<ToldCandidate> Candidates);

    private sealed record ToldCandidate(string Code, string Verdict, string Why);
}
