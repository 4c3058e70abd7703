using System.Net;
using Linli.Requests.Life;

namespace Linli.Requests.Tests.Loop;

/// <summary>Co-handlers: their shares, their tasks.</summary>
public sealed class CoHandlerTests
{
    [Fact]
    public async Task The_form_takes_five_co_handlers_each_with_a_share_or_the_usual_one()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var dispatcher = await town.AsAsync("paidan");

        var answer = await dispatcher.PostFormAsync($"/work/requests/{number}/dispatch", ("organisation", "dept-municipal"),
            ("coHandlers", "util-water"), ("shares", ""), ("coHandlers", ""), ("shares", ""), ("coHandlers", "util-power"), ("shares", "25"),
            ("coHandlers", "dept-housing"), ("shares", "5"), ("coHandlers", "team-youth"), ("shares", ""));

        Assert.Contains("已办理", answer.Words, StringComparison.Ordinal);
        Assert.Equal([("dept-housing", 5), ("team-youth", 10), ("util-power", 25), ("util-water", 10)],
            (await town.ViewAsync("paidan", number)).Staff!.CoHandlers.Select(c => (c.Code, c.SharePercent)).OrderBy(c => c.Code, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_share_stands_beside_its_organisation_in_the_form()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var dispatcher = await town.AsAsync("paidan");

        var answer = await dispatcher.PostFormAsync($"/work/requests/{number}/dispatch", ("organisation", "dept-municipal"),
            ("coHandlers", ""), ("shares", ""), ("coHandlers", "util-water"), ("shares", "95"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Matches("""id="f-shares1"[^>]*value="95"|value="95"[^>]*id="f-shares1""", answer.Text);
        Assert.Equal(5, answer.Text[answer.Text.IndexOf("id=\"step-dispatch\"", StringComparison.Ordinal)..answer.Text.IndexOf("id=\"step-offer\"", StringComparison.Ordinal)].Split("name=\"shares\"").Length - 1);
    }

    [Fact]
    public async Task A_task_goes_to_a_co_handler_and_only_those_finish_it_who_have_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water", "team-youth" } });
        await town.DoAsync("shizheng", number, "signature");
        foreach (var other in (string[])["dept-municipal", "util-power"])
        {
            await town.RefusedAsync("shizheng", number, "tasks", new { title = "查水管", organisation = other }, HttpStatusCode.UnprocessableEntity, "invalid");
        }

        Assert.DoesNotContain(Step.FinishTask, (await town.ViewAsync("gongshui", number)).Steps);
        await town.DoAsync("shizheng", number, "tasks", new { title = "查水管", organisation = "util-water" });
        Assert.Contains(Step.FinishTask, (await town.ViewAsync("gongshui", number)).Steps);
        Assert.Contains(Step.FinishTask, (await town.ViewAsync("shizheng", number)).Steps);   // a way out when the co-handler does nothing
        Assert.DoesNotContain(Step.FinishTask, (await town.ViewAsync("qingnian", number)).Steps);
        await town.DoAsync("gongshui", number, "task-result", new { task = (await town.LoadAsync(number)).Tasks[0].Id, result = "查过了" });
        Assert.DoesNotContain(Step.FinishTask, (await town.ViewAsync("gongshui", number)).Steps);
    }

    [Fact]
    public async Task What_cannot_be_done_is_not_offered()
    {
        await using var town = await LoopTown.FoundAsync();
        var published = (await town.ReportAsync()).Number;
        Assert.DoesNotContain(Step.Publish, (await town.ViewAsync("paidan", published)).Steps);
        await town.DoAsync("paidan", published, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", published, "signature");
        Assert.DoesNotContain(Step.AddTask, (await town.ViewAsync("shizheng", published)).Steps);
    }
}
