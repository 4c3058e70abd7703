using Linli.Kernel;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Tests.Open311;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Busy;

/// <summary>Answers that many ask for are kept, and never older than the last step.</summary>
public sealed class KeptAnswerTests
{
    private const string List = "/requests.json?page_size=50";

    [Fact]
    public async Task An_answer_is_given_again_while_nothing_happens_for_a_second_at_most()
    {
        await using var geo = await GeoTown.FoundAsync();
        await geo.ReportAsync("The bridge rail is loose");
        var first = (await geo.GetAsync(List)).Text;

        // Past the log: nothing that Linli itself does, so that it can be seen that the answer is kept at all.
        await geo.Town.Town.InScopeAsync((LinliDb db) => db.Set<ServiceRequest>().ExecuteUpdateAsync(set => set.SetProperty(r => r.Text, "Something else")));
        Assert.Equal(first, (await geo.GetAsync(List)).Text);
        geo.Town.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Something else", (await geo.GetAsync(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_shows_in_the_very_next_answer_whichever_process_took_it()
    {
        await using var geo = await GeoTown.FoundAsync();
        var number = await geo.ReportAsync();
        Assert.Contains(number, (await geo.GetAsync(List)).Text, StringComparison.Ordinal);
        Assert.Contains("\"open\"", (await geo.GetAsync($"/requests/{number}.json")).Text, StringComparison.Ordinal);

        await using (var other = Town.On(geo.Town.Town.Store, new TownOptions { Now = geo.Town.Clock.Now }, keepsStore: true))
        using (var dispatcher = await other.HttpAsync("paidan"))
        {
            var taken = await dispatcher.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/refusal", new { reason = "outside-county", instead = "邻县" });
            Assert.True(taken.Status == System.Net.HttpStatusCode.OK, taken.Text);
        }

        Assert.Contains("\"closed\"", (await geo.GetAsync($"/requests/{number}.json")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"open\"", (await geo.GetAsync(List)).Text, StringComparison.Ordinal);
        Assert.Contains(await geo.ReportAsync("And another one"), (await geo.GetAsync(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Languages_formats_and_names_of_the_server_have_answers_of_their_own()
    {
        await using var geo = await GeoTown.FoundAsync();
        await geo.ReportAsync();
        var english = (await geo.GetAsync("/services.json")).Text;
        geo.Client.Language = "zh-CN";
        var chinese = (await geo.GetAsync("/services.json")).Text;
        Assert.NotEqual(english, chinese);
        Assert.StartsWith("<?xml", (await geo.GetAsync("/services.xml")).Text, StringComparison.Ordinal);
        Assert.Equal(chinese, (await geo.GetAsync("/services.json")).Text);
    }
}
