using System.Net;
using Linli.Requests.Life;
using Linli.Requests.Suggestions;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Suggestions;

/// <summary>What was suggested and what people chose: retyping, dispatching, reporting; and the statistics of it.</summary>
public sealed class RecordTests
{
    private const string Lamp = "门口的路灯不亮，晚上看不见";

    [Fact]
    public async Task A_dispatcher_says_of_what_type_it_is_and_that_is_remembered()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("manhole", Lamp)).Number;

        await town.DoAsync("paidan", number, "type", new { serviceType = "street-lamp", note = "说的是路灯" });

        var request = await town.LoadAsync(number);
        Assert.Equal(("street-lamp", RequestState.Reported), (request.ServiceTypeCode, request.State));
        Assert.Contains("路灯", request.SearchText, StringComparison.Ordinal);
        var record = Assert.Single(await RecordsAsync(town));
        Assert.Equal((SuggestionKind.Type, SuggestionStage.Dispatch, "street-lamp", "street-lamp", "shipped"), (record.Kind, record.Stage, record.Suggested, record.Chosen, record.Model));
        Assert.Equal((await town.ActorAsync("paidan")).Id, record.ActorId);
        Assert.Contains("路灯不亮", record.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("晚上看不见", record.Why, StringComparison.Ordinal);

        // The dispatch confirms it; that is not a second choice.
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        Assert.Equal([SuggestionKind.Owner, SuggestionKind.Type], (await RecordsAsync(town)).Select(r => r.Kind).Order().Reverse());
    }

    [Fact]
    public async Task Retyping_is_for_dispatchers_before_the_dispatch_and_to_another_type_that_exists()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("manhole", Lamp)).Number;

        await town.RefusedAsync("paidan", number, "type", new { serviceType = "nothing" }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.RefusedAsync("paidan", number, "type", new { }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.RefusedAsync("paidan", number, "type", new { serviceType = "manhole" }, HttpStatusCode.Conflict, "already_of_type");
        await town.RefusedAsync("duban", number, "type", new { serviceType = "street-lamp" }, HttpStatusCode.Forbidden, "forbidden");
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.RefusedAsync("paidan", number, "type", new { serviceType = "street-lamp" }, HttpStatusCode.Conflict, "step_not_possible");
    }

    [Fact]
    public async Task What_becomes_private_leaves_the_public_pages_and_does_not_come_back_by_itself()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("street-lamp", Lamp)).Number;
        Assert.True((await town.LoadAsync(number)).IsPublished);

        await town.DoAsync("paidan", number, "type", new { serviceType = "unpaid-wages" });
        Assert.Equal((false, Visibility.Private), ((await town.LoadAsync(number)).IsPublished, (await town.LoadAsync(number)).Visibility));

        await town.DoAsync("paidan", number, "type", new { serviceType = "street-lamp" });
        Assert.Equal((false, Visibility.AfterCheck), ((await town.LoadAsync(number)).IsPublished, (await town.LoadAsync(number)).Visibility));
    }

    [Fact]
    public async Task Who_dispatches_elsewhere_overrides_the_owner_and_a_later_correction_is_no_second_choice()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("street-lamp", Lamp)).Number;

        await town.DoAsync("paidan", number, "dispatch", new { organisation = "util-power" });
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });

        var owner = Assert.Single(await RecordsAsync(town), r => r.Kind == SuggestionKind.Owner);
        Assert.Equal(("dept-municipal", "util-power", "table"), (owner.Suggested, owner.Chosen, owner.Model));
    }

    [Fact]
    public async Task A_choice_on_the_form_is_remembered_when_suggestions_stood_there()
    {
        await using var town = await Town.FoundAsync();
        using var reporter = await town.HttpAsync();

        await reporter.PostFormAsync("/report", ("serviceType", "manhole"), ("text", Lamp), ("area", LoopTown.Chengnan));
        await reporter.PostFormAsync("/report", ("suggested", "street-lamp"), ("text", Lamp), ("area", LoopTown.Chengnan));

        var record = Assert.Single(await town.ReadAsync(db => db.Set<SuggestionRecord>().ToListAsync()));
        Assert.Equal((SuggestionStage.Report, "street-lamp", Guid.Empty), (record.Stage, record.Chosen, record.ActorId));
    }

    [Fact]
    public async Task The_statistics_count_suggestions_and_teams()
    {
        await using var town = await LoopTown.FoundAsync();
        for (var i = 0; i < 11; i++)
        {
            var number = (await town.ReportAsync("street-lamp", Lamp + i)).Number;
            await town.DoAsync("paidan", number, "dispatch", new { organisation = i == 0 ? "util-power" : "dept-municipal" });
            if (i == 0)
            {
                await town.DoAsync("gongdian", number, "return", new { reason = "not-our-duty", explanation = "产权不属供电" });
            }
            else if (i < 10)
            {
                await town.DoAsync("shizheng", number, "signature");
            }
        }

        var figures = (await (await town.AsAsync("paidan")).GetAsync("/api/suggestions/statistics?days=7")).Json<SuggestionFigures>();

        Assert.Equal((11, 10, 1), figures.Bands.Where(b => b.Kind == SuggestionKind.Owner).Select(b => (b.Shown, b.Accepted, b.Overridden)).Single());
        Assert.Equal(11, figures.Bands.Where(b => b.Kind == SuggestionKind.Type).Sum(b => b.Accepted));
        Assert.All(figures.Bands.Where(b => b.Kind == SuggestionKind.Type), b => Assert.InRange(b.From!.Value, 0.5, 0.9));
        var team = Assert.Single(figures.Teams);
        Assert.Equal((10, 9, 1, 0.9), (team.First, team.Right, team.Pending, team.Accuracy));
        var page = await (await town.AsAsync("paidan")).GetAsync("/work/suggestions?days=abc");
        Assert.Contains("90.0%", page.Text, StringComparison.Ordinal);
        Assert.Contains("First-dispatch accuracy", (await (await town.AsAsync("paidan")).GetAsync("/work/suggestions?lang=en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dispatcher_sees_type_place_and_owner_with_reasons_and_accepts_each_by_a_button()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("manhole", Lamp)).Number;
        var dispatcher = await town.AsAsync("paidan");

        var page = await dispatcher.GetAsync($"/work/requests/{number}");
        Assert.Contains("改为路灯不亮", page.Text, StringComparison.Ordinal);
        Assert.Contains("因为提到：路灯不亮", page.Text, StringComparison.Ordinal);
        Assert.Contains("派给壶关县市政公用服务中心", page.Text, StringComparison.Ordinal);
        Assert.Contains("data-key=\"d\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("data-key=\"t\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-key=\"1\"", page.Text, StringComparison.Ordinal);   // numbers are for the twins

        var api = (await dispatcher.GetAsync($"/api/requests/{number}/suggestions")).Json();
        Assert.Equal("street-lamp", api.GetProperty("types").GetProperty("types")[0].GetProperty("code").GetString());
        Assert.Equal("dept-municipal", api.GetProperty("owner").GetProperty("organisation").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync("shenji")).GetAsync($"/api/requests/{number}/suggestions")).Status);
        Assert.DoesNotContain("id=\"suggestions\"", (await (await town.AsAsync("shenji")).GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await dispatcher.PostFormAsync($"/work/requests/{number}/type", ("serviceType", "street-lamp"))).Status);
        Assert.Contains("与推荐相符", (await dispatcher.GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);
        await dispatcher.PostFormAsync($"/work/requests/{number}/dispatch", ("organisation", "dept-municipal"));
        Assert.Equal(RequestState.Dispatched, await town.StateAsync(number));
    }

    private static Task<List<SuggestionRecord>> RecordsAsync(LoopTown town) => town.Town.ReadAsync(db => db.Set<SuggestionRecord>().AsNoTracking().OrderBy(r => r.Id).ToListAsync());
}
