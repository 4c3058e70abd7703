using System.Net;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Questions, refusals, withdrawals and what time does by itself.</summary>
public sealed class TriageTests
{
    private static readonly object ToMunicipal = new { organisation = "dept-municipal" };

    [Fact]
    public async Task A_question_stops_the_clock_until_the_reporter_answers()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var due = (await town.ClockAsync(number, ClockKind.Dispatch)).DueAt;
        await town.DoAsync("paidan", number, "question", new { question = "在几号楼？" });
        Assert.Equal(ClockState.Paused, (await town.ClockAsync(number, ClockKind.Dispatch)).State);
        await town.RefusedAsync("paidan", number, "dispatch", ToMunicipal, HttpStatusCode.Conflict, "step_not_possible");

        town.Clock.Advance(TimeSpan.FromHours(30));
        await town.LookAtClocksAsync();
        await town.RefusedAsync(Reporter, number, "answer", new { answer = "" }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.Reported, (await town.DoAsync(Reporter, number, "answer", new { answer = "三号楼" })).State);

        var dispatch = await town.ClockAsync(number, ClockKind.Dispatch);
        Assert.Equal((ClockState.Running, due.AddHours(30), null), (dispatch.State, dispatch.DueAt, dispatch.BreachedAt));
        await town.DeliverAsync();
        Assert.Contains("诉求 {0}（{1}）的提交人已经补充说明。", await town.ToldAsync("paidan", number));
    }

    [Fact]
    public async Task A_question_of_the_handler_goes_back_to_the_handler()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "question", new { question = "几点不亮？" });
        await town.DoAsync(Reporter, number, "notes", new { note = "我在外地，晚点说" });

        Assert.Equal(RequestState.InHand, (await town.DoAsync(Reporter, number, "answer", new { answer = "八点" })).State);
    }

    [Fact]
    public async Task A_question_that_nobody_answers_lapses_and_time_goes_on()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "question", new { question = "在几号楼？" });

        town.Clock.Set((await town.ClockAsync(number, ClockKind.Answer)).DueAt.AddSeconds(-1));
        await town.LookAtClocksAsync();
        Assert.Equal(RequestState.AwaitingReporter, await town.StateAsync(number));
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.LookAtClocksAsync();

        Assert.Equal(RequestState.Reported, await town.StateAsync(number));
        Assert.Equal(ClockState.Running, (await town.ClockAsync(number, ClockKind.Dispatch)).State);
        Assert.Contains("诉求 {0}（{1}）的提交人没有按时补充，请按现有情况处理。", await town.ToldAsync("paidan", number));
    }

    [Fact]
    public async Task A_refused_request_says_where_to_go_and_can_be_appealed()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.RefusedAsync("paidan", number, "refusal", new { reason = "no-such-reason", instead = "邻县" }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.RefusedAsync("paidan", number, "refusal", new { reason = "outside-county" }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.Declined, (await town.DoAsync("paidan", number, "refusal", new { reason = "outside-county", instead = "请向长子县反映" })).State);
        Assert.Contains((await town.ViewAsync(Reporter, number)).History, e => e is { Step: Step.Decline, Text: "请向长子县反映", Reason: "不属于本县管辖" });

        Assert.Equal(RequestState.Reported, (await town.DoAsync(Reporter, number, "reopening", new { reason = "就在本县" })).State);

        Assert.Equal(ClockState.Running, (await town.ClockAsync(number, ClockKind.Dispatch)).State);
        await town.DeliverAsync();
        Assert.Contains("诉求 {0}（{1}）重新等待派单。", await town.ToldAsync("paidan", number));
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
    }

    [Fact]
    public async Task A_reporter_may_withdraw_while_it_is_open_and_not_once_it_is_resolved()
    {
        await using var town = await LoopTown.FoundAsync();
        var (early, late) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.RefusedAsync("paidan", early, "withdrawal", null, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(RequestState.Withdrawn, (await town.DoAsync(Reporter, early, "withdrawal", new { reason = "自己好了" })).State);
        await town.RefusedAsync("paidan", early, "dispatch", ToMunicipal, HttpStatusCode.Conflict, "step_not_possible");

        await ResolveAsync(town, late);

        await town.RefusedAsync(Reporter, late, "withdrawal", null, HttpStatusCode.Conflict, "step_not_possible");
    }

    [Fact]
    public async Task What_nobody_rates_is_closed_when_the_window_ends_and_can_still_be_rated_once()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await ResolveAsync(town, number);

        town.Clock.Set((await town.ClockAsync(number, ClockKind.Rate)).DueAt.AddSeconds(-1));
        await town.LookAtClocksAsync();
        Assert.Equal(RequestState.Resolved, await town.StateAsync(number));
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.LookAtClocksAsync();
        Assert.Equal(RequestState.Closed, await town.StateAsync(number));

        await town.DoAsync(Reporter, number, "rating", new { grade = "veryDissatisfied" });
        Assert.Equal(RequestState.Closed, await town.StateAsync(number));
        await town.RefusedAsync(Reporter, number, "rating", new { grade = "satisfied" }, HttpStatusCode.Conflict, "already_rated");
    }

    [Fact]
    public async Task After_a_rectification_that_was_not_rated_the_reporter_may_still_grade_the_new_result()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await ResolveAsync(town, number);
        await town.DoAsync(Reporter, number, "rating", new { grade = "dissatisfied" });
        town.Clock.Advance(TimeSpan.FromDays(1));
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "重新修了" });
        town.Clock.Set((await town.ClockAsync(number, ClockKind.Rate)).DueAt);
        await town.LookAtClocksAsync();

        await town.DoAsync(Reporter, number, "rating", new { grade = "satisfied" });

        Assert.Equal(Grade.Satisfied, (await town.LoadAsync(number)).Grade);
    }

    [Fact]
    public async Task A_pause_ends_by_itself_when_the_permitted_time_is_over()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 3, explanation = "等灯具" });

        var until = (await town.ClockAsync(number, ClockKind.Pause)).DueAt;
        Assert.InRange(until - town.Clock.Now, TimeSpan.FromDays(3), TimeSpan.FromDays(4));
        town.Clock.Set(until.AddSeconds(-1));
        await town.LookAtClocksAsync();
        Assert.Equal(RequestState.Paused, await town.StateAsync(number));
        town.Clock.Set(until);
        await town.LookAtClocksAsync();

        Assert.Equal(RequestState.InHand, await town.StateAsync(number));
        Assert.Equal(ClockState.Running, (await town.ClockAsync(number, ClockKind.Resolve)).State);
        Assert.Contains("诉求 {0}（{1}）挂起到期，时限继续计算。", await town.ToldAsync("shizheng", number));
    }

    private static async Task ResolveAsync(LoopTown town, string number)
    {
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "换了灯泡" });
    }
}
