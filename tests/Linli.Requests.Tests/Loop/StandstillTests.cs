using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Shell.People;
using Linli.Testing;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Pauses, questions and extensions: for which reasons, how long, how often, with whose consent, and what the reporter learns.</summary>
public sealed class StandstillTests
{
    private static readonly object Rain = new { reason = "weather", days = 10, explanation = "连日下雨，雨停就修" };

    [Fact]
    public async Task A_pause_that_needs_approval_begins_when_somebody_else_grants_it_and_the_reporter_learns_why_and_until_when()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("lingdao", new FoundedPost(Role.Handler, "dept-municipal", "140427"), new FoundedPost(Role.Supervisor, null, "140427"));
        var number = await InHandAsync(town);
        await town.DoAsync("lingdao", number, "pause", Rain);
        Assert.Equal((RequestState.InHand, ClockState.Running), (await town.StateAsync(number), (await town.ClockAsync(number, ClockKind.Resolve)).State));
        Assert.Contains("诉求 {0}（{1}）申请挂起，等待审批。", await ToldAsync(town, "duban", number));
        Assert.DoesNotContain((await town.ViewAsync(Reporter, number)).History, e => e.Step == Step.AskPause);
        await town.RefusedAsync("lingdao", number, "pause-decision", new { isGranted = true }, HttpStatusCode.Conflict, "four_eyes");
        await town.RefusedAsync("shizheng", number, "pause-decision", new { isGranted = true }, HttpStatusCode.Forbidden, "forbidden");
        await town.RefusedAsync("duban", number, "extension-decision", new { isGranted = true }, HttpStatusCode.Conflict, "no_extension_pending");
        await town.RefusedAsync("shizheng", number, "extension", new { reason = "complex", days = 2, explanation = "要开挖" }, HttpStatusCode.Conflict, "time_request_pending");

        town.Clock.Advance(TimeSpan.FromHours(1));
        await town.DoAsync("duban", number, "pause-decision", new { isGranted = true, note = "雨停就做" });

        var entry = Assert.Single((await town.ClockAsync(number, ClockKind.Resolve)).Entries);
        Assert.Equal(("weather", town.Clock.Now, (await town.ActorAsync("lingdao")).Id, (await town.ActorAsync("duban")).Id), (entry.ReasonCode, entry.At, entry.By, entry.ApprovedBy));
        Assert.Equal(town.Clock.Now.AddDays(10), (await town.ClockAsync(number, ClockKind.Pause)).DueAt);
        var seen = (await town.ViewAsync(Reporter, number)).History[^1];
        Assert.Equal((Step.GrantPause, "天气不具备作业条件", "连日下雨，雨停就修", town.Clock.Now.AddDays(10)), (seen.Step, seen.Reason, seen.Text, seen.Until));
        var page = await (await town.AsAsync(Reporter)).PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number)));
        Assert.Contains("暂时挂起，最迟 2026-03-12 恢复办理", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("雨停就做", page.Words, StringComparison.Ordinal);
        Assert.Contains("诉求 {0}（{1}）的挂起申请已经同意。", await ToldAsync(town, "shizheng", number));
    }

    [Fact]
    public async Task A_refused_pause_stops_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        var due = (await town.ClockAsync(number, ClockKind.Resolve)).DueAt;
        await town.DoAsync("shizheng", number, "pause", Rain);
        await town.RefusedAsync("duban", number, "pause-decision", new { isGranted = false }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.DoAsync("duban", number, "pause-decision", new { isGranted = false, note = "今天就能做" });

        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((ClockState.Running, due, 0), (resolve.State, resolve.DueAt, resolve.Entries.Count));
        await town.RefusedAsync("duban", number, "pause-decision", new { isGranted = true }, HttpStatusCode.Conflict, "no_pause_pending");
    }

    [Fact]
    public async Task A_reason_permits_so_many_days_so_often_on_one_clock()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await town.RefusedAsync("shizheng", number, "pause", Parts(11), HttpStatusCode.UnprocessableEntity, "invalid");
        for (var time = 0; time < 2; time++)
        {
            await town.DoAsync("shizheng", number, "pause", Parts(10));
            await town.DoAsync("shizheng", number, "resumption");
        }

        var refused = await town.RefusedAsync("shizheng", number, "pause", Parts(1), HttpStatusCode.Conflict, "too_many_pauses");
        Assert.Contains("因“等待配件或材料到货”已经挂起 2 次", refused.Text, StringComparison.Ordinal);
        await town.DoAsync("shizheng", number, "pause", new { reason = "reporter-appointment", days = 3, explanation = "约好周四" });
        await town.DoAsync("shizheng", number, "resumption");

        await ReopenAsync(town, number);
        await town.DoAsync("shizheng", number, "pause", Parts(10));

        static object Parts(int days) => new { reason = "waiting-parts", days, explanation = "等灯具" };
    }

    [Fact]
    public async Task The_clocks_wait_for_the_reporter_three_times_and_no_more()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        for (var time = 0; time < 3; time++)
        {
            await town.DoAsync("shizheng", number, "question", new { question = "在几号楼？" });
            await town.DoAsync(Reporter, number, "answer", new { answer = "三号楼" });
        }

        await town.RefusedAsync("shizheng", number, "question", new { question = "在几号楼？" }, HttpStatusCode.Conflict, "too_many_questions");
    }

    [Fact]
    public async Task Extensions_have_an_end_for_each_reason_and_for_all_and_begin_anew_with_a_new_clock()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await town.RefusedAsync("shizheng", number, "extension", More("complex", 16), HttpStatusCode.UnprocessableEntity, "invalid");
        await ExtendAsync("procurement");
        await town.RefusedAsync("shizheng", number, "extension", More("procurement", 2), HttpStatusCode.Conflict, "too_many_extensions");
        await ExtendAsync("complex");
        await town.RefusedAsync("shizheng", number, "extension", More("weather", 2), HttpStatusCode.Conflict, "too_many_extensions");
        Assert.Equal(TestClock.MondayMorning.AddDays(18), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);   // 10 + 2 + 2 working days: Friday the 20th
        var page = await (await town.AsAsync(Reporter)).PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number)));
        Assert.Contains("需要更多时间，改为 2026-03-20 09:00 前办结", page.Words, StringComparison.Ordinal);

        await ReopenAsync(town, number);
        await ExtendAsync("procurement");

        static object More(string reason, int days) => new { reason, days, explanation = "要开挖" };

        async Task ExtendAsync(string reason)
        {
            await town.DoAsync("shizheng", number, "extension", More(reason, 2));
            await town.DoAsync("duban", number, "extension-decision", new { isGranted = true });
        }
    }

    [Fact]
    public async Task The_reporter_reads_why_the_handler_needs_more_time_and_never_what_the_supervisor_notes()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await town.DoAsync("shizheng", number, "extension", new { reason = "complex", days = 2, explanation = "地下管线要先改道" });
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = true, note = "下不为例" });

        var seen = (await town.ViewAsync(Reporter, number)).History[^1];
        Assert.Equal((Step.GrantExtension, "地下管线要先改道", null), (seen.Step, seen.Text, seen.InternalText));
        Assert.Equal("下不为例", (await town.ViewAsync("shizheng", number)).History[^1].InternalText);
        var page = await (await town.AsAsync(Reporter)).PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number)));
        Assert.Contains("地下管线要先改道", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("下不为例", page.Words, StringComparison.Ordinal);
        await town.DeliverAsync();
        Assert.Contains("延期申请已经同意，改为 2026-03-18 09:00 前办结", (await (await town.AsAsync("shizheng")).GetAsync("/inbox")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_takes_no_more_days_than_the_most_generous_reason_permits()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        var staff = await town.AsAsync("shizheng");
        var page = await staff.GetAsync($"/work/requests/{number}");

        Assert.Equal("30", page.Page.QuerySelector("form[action$='/extension'] input[name=days]")!.GetAttribute("max"));
        Assert.Equal("120", page.Page.QuerySelector("form[action$='/pause'] input[name=days]")!.GetAttribute("max"));
    }

    private static async Task<string> InHandAsync(LoopTown town)
    {
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        return number;
    }

    private static async Task ReopenAsync(LoopTown town, string number)
    {
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "换了灯泡" });
        await town.DoAsync(Reporter, number, "rating", new { grade = "satisfied" });
        await town.DoAsync(Reporter, number, "reopening", new { reason = "又坏了" });
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(LoopTown town, string login, string number)
    {
        await town.DeliverAsync();
        return await town.ToldAsync(login, number);
    }
}
