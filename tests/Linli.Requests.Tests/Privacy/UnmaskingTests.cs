using System.Net;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Privacy;
using Linli.Requests.Tests.Loop;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Privacy;

/// <summary>Masked by default; whoever reads says why, some only with a second person, and the person concerned sees it.</summary>
public sealed class UnmaskingTests
{
    private static readonly object Why = new { part = "contact", reasonCode = "reachReporter", reason = "约上门时间" };

    [Fact]
    public async Task Whoever_has_it_in_hand_reads_it_at_once_for_half_an_hour_and_the_reporter_sees_who_looked()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        Assert.Equal(("郝*", "139****5678", "h***@example.org", "***"), await ContactAsync(town, "paidan", number));

        var asked = await AskAsync(town, "paidan", number);

        Assert.True(asked.IsGranted);
        Assert.Equal(("郝晓燕", "13912345678", "hao.xiaoyan@example.org", "紫团路七号院"), await ContactAsync(town, "paidan", number));
        Assert.Equal("139****5678", (await ContactAsync(town, "duban", number)).Phone);
        var looked = Assert.Single((await town.TakeReadAsync(LoopTown.Reporter, number)).Json<UnmaskingView[]>());
        Assert.Equal((PersonalPart.Contact, UnmaskingReason.ReachReporter, null, null), (looked.Part, looked.Reason, looked.By, looked.Words));

        town.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("139****5678", (await ContactAsync(town, "paidan", number)).Phone);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("——！")]
    public async Task A_reason_says_something(string reason)
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        var answer = await (await town.AsAsync("paidan")).SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", new { part = "contact", reasonCode = "other", reason });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("至少 2 个字", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_in_the_readers_language_what_was_looked_at_and_why()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        await AskAsync(town, "paidan", number);
        var words = (await (await town.AsAsync("shenji")).GetAsync($"/work/audit?subject={number}")).Words;
        Assert.Contains("联系方式 · 联系提交人", words, StringComparison.Ordinal);
        Assert.DoesNotContain("ReachReporter", words, StringComparison.Ordinal);
        var all = (await (await town.AsAsync("shenji")).GetAsync("/work/audit?verb=shell.open-session")).Text;
        Assert.Matches(@"\d\d:\d\d:\d\d</time>", all);
    }

    [Fact]
    public async Task Numbers_in_words_are_a_part_of_their_own()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);

        await AskAsync(town, "paidan", number, new { part = "words", reasonCode = "checkIdentity", reason = "核对" });
        var view = await town.ViewAsync("paidan", number);

        Assert.Contains("13887654321", view.Text, StringComparison.Ordinal);
        Assert.Equal("139****5678", view.Staff!.ContactPhone);
        Assert.DoesNotContain("13887654321", (await town.ReadAsync("duban", number)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_handle_it_needs_a_second_person_who_is_never_the_same()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        var asked = await AskAsync(town, "duban", number);
        Assert.Null(asked.IsGranted);
        Assert.Equal("139****5678", (await ContactAsync(town, "duban", number)).Phone);

        var supervisor = await town.AsAsync("duban");
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = true })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("paidan")).SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = true })).Status);

        var auditor = await town.AsAsync("shenji");
        Assert.Equal(asked.Id, Assert.Single((await auditor.GetAsync("/api/unmaskings")).Json<WaitingUnmasking[]>()).Id);
        var granted = await auditor.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = true });
        Assert.True(granted.Status == HttpStatusCode.OK, granted.Text);
        Assert.Equal("13912345678", (await ContactAsync(town, "duban", number)).Phone);
        Assert.Equal(HttpStatusCode.Conflict, (await auditor.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = false, reason = "x" })).Status);
    }

    /// <summary>They could make the second pair of eyes themselves.</summary>
    [Fact]
    public async Task Whoever_keeps_accounts_neither_asks_nor_agrees()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("both", new FoundedPost(Role.Administrator, null, null), new FoundedPost(Role.Supervisor, null, null));
        var number = await SealedDataTests.ReportAsync(town);
        var asked = await AskAsync(town, "duban", number);
        var both = await town.AsAsync("both");
        Assert.Empty((await both.GetAsync("/api/unmaskings")).Json<WaitingUnmasking[]>());
        Assert.Equal(HttpStatusCode.NotFound, (await both.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = true })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await both.SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", Why)).Status);
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_shows_nothing_and_a_wish_that_waited_too_long_is_over()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        var auditor = await town.AsAsync("shenji");
        var asked = await AskAsync(town, "duban", number);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await auditor.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = false })).Status);
        Assert.Equal(HttpStatusCode.OK, (await auditor.SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{asked.Id}/decision", new { isGranted = false, reason = "与督办无关" })).Status);
        Assert.Equal("139****5678", (await ContactAsync(town, "duban", number)).Phone);
        Assert.Empty((await town.TakeReadAsync(LoopTown.Reporter, number)).Json<UnmaskingView[]>());

        var late = await AskAsync(town, "duban", number);
        town.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Conflict, (await (await town.AsAsync("shenji")).SendJsonAsync(HttpMethod.Put, $"/api/unmaskings/{late.Id}/decision", new { isGranted = true })).Status);
    }

    [Fact]
    public async Task For_a_sensitive_type_also_the_handlers_need_a_second_person()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.IsSensitive = true);
        var number = await SealedDataTests.ReportAsync(town);

        Assert.Null((await AskAsync(town, "paidan", number)).IsGranted);
        Assert.Contains("有人申请查看诉求 {0} 的个人信息，请审批。", await town.ToldAsync("duban", number));
    }

    [Fact]
    public async Task Whoever_may_not_see_the_request_is_told_nothing_of_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);

        foreach (var stranger in new[] { "gongshui", "tongji", "guanli" })
        {
            var answer = await (await town.AsAsync(stranger)).SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", Why);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await (await town.Town.HttpAsync()).GetAsync($"/api/requests/{number}/unmaskings")).Status);
        Assert.Equal(0, await town.Town.ReadAsync(db => db.Set<Unmasking>().CountAsync()));
    }

    [Fact]
    public async Task Many_looks_are_told_to_the_supervisors_and_then_stopped()
    {
        await using var town = await LoopTown.FoundAsync(options: new() { Adjust = b => { b.Configuration["Privacy:UnusualPerHour"] = "2"; b.Configuration["Privacy:MostPerHour"] = "3"; } });
        var clerk = await town.AsAsync("paidan");
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await AskAsync(town, "paidan", await SealedDataTests.ReportAsync(town))).IsGranted);
        }

        var refused = await clerk.SendJsonAsync(HttpMethod.Post, $"/api/requests/{await SealedDataTests.ReportAsync(town)}/unmaskings", Why);

        Assert.Equal("too_many_unmaskings", refused.ProblemCode);
        var supervisor = (await town.ActorAsync("duban")).Id;
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<Shell.Inbox.Notice>().CountAsync(n => n.AccountId == supervisor && n.Text.StartsWith("有人在一小时内查看了"))));
    }

    [Fact]
    public async Task A_look_is_an_act_of_the_audit_log_that_carries_no_words()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        await AskAsync(town, "paidan", number);
        await AskAsync(town, "paidan", number);   // pressed twice: one look

        var entry = await town.Town.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().SingleAsync(e => e.Verb == "privacy.unmask"));

        Assert.Equal((number, "Contact ReachReporter"), (entry.Subject, entry.Reason));
    }

    [Fact]
    public async Task It_works_on_pages_without_script()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        var clerk = await town.AsAsync("paidan");

        var refused = await clerk.PostFormAsync($"/work/requests/{number}/unmaskings", ("part", "Contact"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await clerk.PostFormAsync($"/work/requests/{number}/unmaskings", ("part", "Contact"), ("reasonCode", "Visit"), ("reason", "上门"));
        Assert.Contains("13912345678", (await clerk.GetAsync($"/work/requests/{number}")).Words, StringComparison.Ordinal);

        await (await town.AsAsync("duban")).PostFormAsync($"/work/requests/{number}/unmaskings", ("part", "Words"), ("reasonCode", "Supervise"), ("reason", "督办"));
        var auditor = await town.AsAsync("shenji");
        var waiting = await auditor.GetAsync("/work/unmaskings");
        var id = await town.Town.ReadAsync(db => db.Set<Unmasking>().Where(u => u.DecidedAt == null).Select(u => u.Id).SingleAsync());
        Assert.Contains("督办核查", waiting.Words, StringComparison.Ordinal);
        Assert.Contains("没有等您审批的查看申请", (await auditor.PostFormAsync($"/work/unmaskings/{id}/decision", ("isGranted", "true"))).Words, StringComparison.Ordinal);
    }

    private static async Task<Unmasked> AskAsync(LoopTown town, string who, string number, object? why = null)
    {
        var answer = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", why ?? Why);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<Unmasked>();
    }

    private static async Task<(string? Name, string? Phone, string? Email, string? Home)> ContactAsync(LoopTown town, string who, string number)
    {
        var staff = (await town.ViewAsync(who, number)).Staff!;
        return (staff.ContactName, staff.ContactPhone, staff.ContactEmail, staff.ContactHome);
    }
}
