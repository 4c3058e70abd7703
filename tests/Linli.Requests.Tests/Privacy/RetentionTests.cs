using System.Net;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Suggestions;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Privacy;

/// <summary>When its time is over a request becomes a tombstone: nobody can be found by it, and every figure is what it was.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task After_its_time_nothing_tells_whose_it_was_and_every_figure_stays()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await ClosedAsync(town);
        town.Clock.Advance(TimeSpan.FromDays(24 * 31));
        var before = await FiguresAsync(town);

        Assert.Equal(number, Assert.Single(await town.Town.InScopeAsync((AnonymiseRequests all) => all.DueAsync(default))).Number);
        Assert.Equal(1, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));
        Assert.Equal(0, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));

        Assert.Equal(before, await FiguresAsync(town));
        var id = (await town.LoadAsync(number)).Id;
        Assert.Equal((0, 0, 0), await town.Town.ReadAsync(async db => (
            await db.Set<ReporterContact>().CountAsync(c => c.RequestId == id), await db.Set<RequestOriginal>().CountAsync(o => o.RequestId == id), await db.Set<RequestPhoto>().CountAsync(p => p.RequestId == id && p.IsFromReporter))));
        var contents = await StoreContents.ReadAsync(town.Town);
        foreach (var trace in new[] { "楼道灯坏了", "138********", "东头第二家", "灯又亮了谢谢" })
        {
            Assert.DoesNotContain(trace, contents, StringComparison.Ordinal);
        }

        var page = await (await town.AsAsync("duban")).GetAsync($"/work/requests/{number}");
        Assert.Contains("内容已按保存期限删除。", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await town.GetOwnAsync(number, "export")).Status);
    }

    [Fact]
    public async Task Whom_it_was_about_is_forgotten_and_stays_out_of_the_tombstone()
    {
        await using var town = await LoopTown.FoundAsync();
        var other = await ClosedAsync(town);   // seen by the same person before and after
        var number = await ClosedAsync(town);
        var person = await town.ActorAsync("duban");
        await town.Town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var db = scope.GetRequiredService<LinliDb>();
            scope.GetRequiredService<ContactVault>().SealAbout(await db.Set<ServiceRequest>().SingleAsync(r => r.Number == number), person.Name);
            await db.CommitAsync(Act.BySystem("test.about", town.Clock.Now));
        });
        Assert.DoesNotContain(number, await SeenAsync(town, "duban"));
        town.Clock.Advance(TimeSpan.FromDays(24 * 31));

        Assert.Equal(2, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));

        var tombstone = await town.LoadAsync(number);
        Assert.Equal((null, null, null), (tombstone.AboutPerson, tombstone.AboutPersonIndex, tombstone.OldAboutPerson));
        Assert.DoesNotContain(number, await SeenAsync(town, "duban"));
        Assert.Contains(other, await SeenAsync(town, "duban"));
    }

    private static async Task<List<string>> SeenAsync(LoopTown town, string login)
    {
        var actor = await town.ActorAsync(login);
        return await town.Town.ReadAsync(db => db.Set<ServiceRequest>().VisibleTo(actor).Select(r => r.Number).ToListAsync());
    }

    [Fact]
    public async Task What_is_open_on_hold_or_young_is_left_alone()
    {
        await using var town = await LoopTown.FoundAsync();
        var (open, young, held) = ((await town.ReportAsync()).Number, "", await ClosedAsync(town));
        await HoldAsync(town, held);
        town.Clock.Advance(TimeSpan.FromDays(24 * 31));
        young = await ClosedAsync(town);

        Assert.Empty(await town.Town.InScopeAsync((AnonymiseRequests all) => all.DueAsync(default)));

        // Lifted by two people it is due at once.
        var supervisor = await town.AsAsync("duban");
        Assert.Equal(HttpStatusCode.OK, (await supervisor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{held}/legal-hold/lifting", new { reason = "案件已结" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await supervisor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{held}/legal-hold/decision", new { isGranted = true })).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("shenji")).SendJsonAsync(HttpMethod.Put, $"/api/requests/{held}/legal-hold/decision", new { isGranted = true })).Status);
        Assert.Equal(held, Assert.Single(await town.Town.InScopeAsync((AnonymiseRequests all) => all.DueAsync(default))).Number);
        Assert.True((await town.LoadAsync(open)).State.IsOpen() && (await town.LoadAsync(young)).AnonymisedAt is null);
    }

    [Fact]
    public async Task Sensitive_types_have_a_shorter_time()
    {
        await using var town = await LoopTown.FoundAsync();
        await ClosedAsync(town);
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.IsSensitive = true);
        town.Clock.Advance(TimeSpan.FromDays(13 * 31));

        Assert.Equal(12, Assert.Single(await town.Town.InScopeAsync((AnonymiseRequests all) => all.DueAsync(default))).Months);
    }

    [Fact]
    public async Task A_hold_needs_a_reason_and_is_for_supervisors_and_auditors_alone()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;

        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("paidan")).SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold", new { reason = "x" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold", new { reason = " " })).Status);
        Assert.Contains("为什么保全：请填写这一项。", (await (await town.AsAsync("duban")).PostFormAsync($"/work/requests/{number}/legal-hold")).Words, StringComparison.Ordinal);
        await HoldAsync(town, number);
        Assert.Contains("行政复议", (await (await town.AsAsync("shenji")).GetAsync($"/work/requests/{number}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_lift_a_hold_is_told_that_it_is_wished_and_who_wished_it_hears_the_answer_and_its_reason_is_kept()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await HoldAsync(town, number);
        var (supervisor, auditor) = (await town.AsAsync("duban"), await town.AsAsync("shenji"));
        await supervisor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold/lifting", new { reason = "案件已结" });

        Assert.Contains("有人申请解除诉求 {0} 的保全，请审批。", await town.ToldAsync("shenji", number));
        Assert.DoesNotContain("有人申请解除诉求 {0} 的保全，请审批。", await town.ToldAsync("duban", number));
        foreach (var nothing in new[] { "", "." })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await auditor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold/decision", new { isGranted = false, reason = nothing })).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await auditor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold/decision", new { isGranted = false, reason = "还在上诉，电话 13912345678" })).Status);
        Assert.Contains("您申请解除诉求 {0} 的保全，没有同意。", await town.ToldAsync("duban", number));
        Assert.Equal("还在上诉，电话 139********", await town.Town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Verb == "privacy.refuse-lift").Select(e => e.Reason).SingleAsync()));
    }

    internal static async Task<string> ClosedAsync(LoopTown town)
    {
        var number = await SealedDataTests.ReportAsync(town);
        await town.DoAsync(LoopTown.Reporter, number, "notes", new { note = "在东头第二家", photos = new[] { await town.PhotoAsync(LoopTown.Reporter) } });
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "contact", new { isReached = true, note = "住东头第二家" });
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "已修好" });
        await town.DoAsync(LoopTown.Reporter, number, "rating", new { grade = "satisfied", isSolved = true, comment = "灯又亮了谢谢" });
        return number;
    }

    private static async Task HoldAsync(LoopTown town, string number)
    {
        var answer = await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold", new { reason = "行政复议" });
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    /// <summary>Everything that is counted, averaged or measured anywhere, as text.</summary>
    private static async Task<string> FiguresAsync(LoopTown town)
    {
        var rows = await town.Town.ReadAsync(async db => (
            Requests: await db.Set<ServiceRequest>().AsNoTracking().OrderBy(r => r.Number).Select(r => new { r.Number, r.State, r.ServiceTypeCode, r.AreaCode, r.Channel, r.ReportedAt, r.UpdatedAt, r.DispatchedAt, r.ResolvedAt, r.ClosedAt, r.RatedAt, r.Grade, r.ReturnCount, r.ReopenCount, r.Supporters, r.IsPublished, r.LeadOrganisationId, r.ResultCode, r.Version }).ToListAsync(),
            Events: await db.Set<RequestEvent>().AsNoTracking().OrderBy(e => e.Id).Select(e => new { e.Step, e.From, e.To, e.At, e.Actor, e.OrganisationId, e.ReasonCode }).ToListAsync(),
            Clocks: await db.Set<RequestClock>().AsNoTracking().OrderBy(c => c.Id).Select(c => new { c.Kind, c.State, c.StartedAt, c.DueAt, c.StoppedAt, c.IsLate }).ToListAsync(),
            Suggestions: await db.Set<SuggestionRecord>().AsNoTracking().OrderBy(s => s.Id).Select(s => new { s.Kind, s.Stage, s.Suggested, s.Chosen, s.Confidence }).ToListAsync()));
        using var anybody = await town.Town.HttpAsync();
        string[] pages =
        [
            System.Text.Json.JsonSerializer.Serialize(rows.Requests), System.Text.Json.JsonSerializer.Serialize(rows.Events), System.Text.Json.JsonSerializer.Serialize(rows.Clocks), System.Text.Json.JsonSerializer.Serialize(rows.Suggestions),
            (await anybody.GetAsync("/api/public/requests")).Json().GetProperty("total").ToString(),
            (await (await town.AsAsync("duban")).GetAsync("/api/suggestions/statistics?days=366")).Text,
        ];
        return string.Join('\n', pages);
    }
}
