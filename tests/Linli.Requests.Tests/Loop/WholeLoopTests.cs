using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Shell.People;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>One request through everything that can happen to it, over the API, each step by whoever takes it.</summary>
public sealed class WholeLoopTests
{
    [Fact]
    public async Task A_request_goes_from_report_to_close_and_back_through_every_hand()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync("street-lamp", type => type.VerificationShare = 1);
        await town.AddPersonAsync("lingdao", new FoundedPost(Role.Handler, "dept-municipal", "140427"), new FoundedPost(Role.Supervisor, null, "140427"));
        await town.AddPersonAsync("zicha", new FoundedPost(Role.Verifier, "dept-municipal", "140427"));
        var number = (await town.ReportAsync("street-lamp", "楼下路灯不亮")).Number;

        await ReachTheHandlerAsync(town, number);
        await HandleAsync(town, number);
        await CheckAsync(town, number);
        await RateAndReopenAsync(town, number);

        Step[] expected =
        [
            Step.Report, Step.Dispatch, Step.Return, Step.Dispatch, Step.Return, Step.Decide, Step.Sign,
            Step.Contact, Step.Pause, Step.Resume, Step.Extend, Step.GrantExtension, Step.AddTask, Step.FinishTask, Step.Resolve,
            Step.VerifyFail, Step.Resolve, Step.VerifyPass,
            Step.Rate, Step.Resolve, Step.VerifyPass, Step.Rate, Step.Reopen, Step.Resolve, Step.VerifyPass, Step.Rate, Step.Reopen,
        ];
        Assert.Equal(expected, await town.HistoryAsync(number));
        await ShowItAsync(town, number);
        await town.DeliverAsync();
    }

    private static async Task ReachTheHandlerAsync(LoopTown town, string number)
    {
        var given = await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-power" }, shares = new[] { 20 } });
        Assert.Equal((Step.Dispatch, RequestState.Dispatched, 2), (given.Step, given.State, given.Version));
        await town.RefusedAsync("gongshui", number, "signature", null, HttpStatusCode.NotFound, "not_found");
        await town.RefusedAsync("gongdian", number, "signature", null, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(RequestState.Reported, (await town.DoAsync("shizheng", number, "return", new { reason = "not-our-duty", explanation = "属于供水公司" })).State);
        await town.RefusedAsync("shizheng", number, "signature", null, HttpStatusCode.NotFound, "not_found");

        await town.DoAsync("paidan2", number, "dispatch", new { organisation = "util-water" });
        Assert.Equal(RequestState.InArbitration, (await town.DoAsync("gongshui", number, "return", new { reason = "not-our-duty", explanation = "路灯不归我们" })).State);
        await town.RefusedAsync("paidan", number, "dispatch", new { organisation = "util-water" }, HttpStatusCode.Conflict, "step_not_possible");
        await town.RefusedAsync("paidan", number, "decision", new { organisation = "util-water", grounds = "我看行" }, HttpStatusCode.Forbidden, "forbidden");

        await town.DoAsync("duban", number, "decision", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" }, grounds = "三定方案：路灯由市政维护" });
        await town.RefusedAsync("shizheng", number, "return", new { reason = "not-our-duty", explanation = "还是不归我们" }, HttpStatusCode.Conflict, "decision_is_binding");
        Assert.Equal(RequestState.InHand, (await town.DoAsync("shizheng", number, "signature")).State);
    }

    private static async Task HandleAsync(LoopTown town, string number)
    {
        await town.DoAsync("shizheng", number, "contact", new { isReached = true, note = "已电话联系，今天去看" });
        await town.RefusedAsync("gongshui", number, "pause", new { reason = "waiting-parts", days = 3, explanation = "等灯" }, HttpStatusCode.Forbidden, "forbidden");
        await town.RefusedAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 11, explanation = "等灯" }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.Paused, (await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 3, explanation = "等灯具到货" })).State);
        await town.RefusedAsync("shizheng", number, "resolution", new { result = "solved", text = "好了" }, HttpStatusCode.Conflict, "step_not_possible");
        Assert.Equal(RequestState.InHand, (await town.DoAsync("shizheng", number, "resumption", new { note = "灯具已到" })).State);

        await town.DoAsync("lingdao", number, "extension", new { reason = "works-volume", days = 2, explanation = "整条线路要换" });
        await town.RefusedAsync("lingdao", number, "extension-decision", new { isGranted = true }, HttpStatusCode.Conflict, "four_eyes");
        await town.RefusedAsync("paidan", number, "extension-decision", new { isGranted = true }, HttpStatusCode.Forbidden, "forbidden");
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = true });
        await town.RefusedAsync("duban", number, "extension-decision", new { isGranted = true }, HttpStatusCode.Conflict, "no_extension_pending");

        await town.DoAsync("shizheng", number, "tasks", new { title = "查配电箱进水", organisation = "util-water" });
        var photo = await town.PhotoAsync("shizheng");
        var done = new { result = "solved", text = "换了灯具", photos = new[] { photo } };
        await town.RefusedAsync("shizheng", number, "resolution", done, HttpStatusCode.Conflict, "tasks_open");
        var task = Assert.Single((await town.ViewAsync("gongshui", number)).Staff!.Tasks).Id;
        await town.RefusedAsync("huifang", number, "task-result", new { task, result = "好了" }, HttpStatusCode.Forbidden, "forbidden");
        await town.DoAsync("gongshui", number, "task-result", new { task, result = "没有进水" });
        await town.RefusedAsync("gongshui", number, "task-result", new { task, result = "没有进水" }, HttpStatusCode.Conflict, "task_done");
        await town.RefusedAsync("shizheng", number, "resolution", new { result = "solved", text = "换了灯具" }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.Resolved, (await town.DoAsync("shizheng", number, "resolution", done)).State);
    }

    private static async Task CheckAsync(LoopTown town, string number)
    {
        await town.RefusedAsync("zicha", number, "verification", new { isPassed = true }, HttpStatusCode.Forbidden, "forbidden");
        await town.RefusedAsync("shizheng", number, "verification", new { isPassed = true }, HttpStatusCode.Forbidden, "forbidden");
        await town.RefusedAsync("huifang", number, "verification", new { isPassed = false }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.InHand, (await town.DoAsync("huifang", number, "verification", new { isPassed = false, findings = "现场还是黑的" })).State);
        await ResolveAsync(town, number);
        Assert.Equal(RequestState.Verified, (await town.DoAsync("huifang", number, "verification", new { isPassed = true, findings = "亮了" })).State);
    }

    private static async Task RateAndReopenAsync(LoopTown town, string number)
    {
        await town.RefusedAsync("shizheng", number, "rating", new { grade = "verySatisfied" }, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(RequestState.InHand, (await town.DoAsync(Reporter, number, "rating", new { grade = "dissatisfied", isSolved = false, comment = "隔一盏亮一盏" })).State);
        var rectify = await town.ClockAsync(number, ClockKind.Rectify);
        Assert.Equal((ClockState.Running, "15 working days"), (rectify.State, rectify.Budget));

        await CloseAsync(town, number);
        Assert.Equal(ClockState.Stopped, (await town.ClockAsync(number, ClockKind.Rectify)).State);
        town.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(RequestState.InHand, (await town.DoAsync(Reporter, number, "reopening", new { reason = "又不亮了" })).State);

        await CloseAsync(town, number);
        town.Clock.Advance(TimeSpan.FromDays(15));
        await town.RefusedAsync(Reporter, number, "reopening", new { reason = "又不亮了" }, HttpStatusCode.Conflict, "reopen_window_over");
        await town.RefusedAsync("paidan", number, "reopening", new { reason = "群众来电" }, HttpStatusCode.Forbidden, "forbidden");
        await town.RefusedAsync("duban", number, "reopening", new { reason = " " }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(RequestState.InHand, (await town.DoAsync("duban", number, "reopening", new { reason = "督查发现没有修好" })).State);
    }

    private static async Task CloseAsync(LoopTown town, string number)
    {
        await ResolveAsync(town, number);
        await town.DoAsync("huifang", number, "verification", new { isPassed = true });
        Assert.Equal(RequestState.Closed, (await town.DoAsync(Reporter, number, "rating", new { grade = "satisfied", isSolved = true })).State);
        await town.RefusedAsync(Reporter, number, "rating", new { grade = "satisfied" }, HttpStatusCode.Conflict, "already_rated");
    }

    private static async Task ResolveAsync(LoopTown town, string number) =>
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "又修了一遍", photos = new[] { await town.PhotoAsync("shizheng") } });

    /// <summary>The reporter reads every word meant for them and none among staff; staff read everything.</summary>
    private static async Task ShowItAsync(LoopTown town, string number)
    {
        var mine = await town.ViewAsync(Reporter, number);
        Assert.Equal(Depth.Reporter, mine.Depth);
        Assert.Null(mine.Staff);
        Assert.Contains(mine.History, e => e.Text == "换了灯具");
        Assert.All(mine.History, e => Assert.True(e.InternalText is null && e.Step is not (Step.Extend or Step.AddTask or Step.FinishTask)));
        Assert.DoesNotContain("冯国强", (await town.ReadAsync(Reporter, number)).Text, StringComparison.Ordinal);

        var staff = await town.ViewAsync("shenji", number);
        Assert.Equal((Depth.Staff, 27), (staff.Depth, staff.History.Count));
        Assert.Contains(staff.History, e => e is { Step: Step.Return, InternalText: "属于供水公司", By: "冯国强" });
        Assert.Empty(staff.Steps);
        Assert.Equal(4, staff.Staff!.ReopenCount);
    }
}
