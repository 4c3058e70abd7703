using System.Net;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Kernel.People;
using Linli.Shell.Audit;
using Linli.Shell.People;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>What an auditor reads, and what an auditor must not learn.</summary>
public sealed class AuditLogTests
{
    private const string Auditor = "shenji";

    [Fact]
    public async Task An_auditor_reads_who_did_what_as_sentences()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await SealAsync(town);

        var page = await (await town.AsAsync(Auditor)).GetAsync($"/work/audit?subject={number}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains($"把诉求 {number} 派单", page.Words, StringComparison.Ordinal);
        Assert.Contains($"提交了诉求 {number}", page.Words, StringComparison.Ordinal);
        Assert.Contains("paidan", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("待封存", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_found_by_person_verb_kind_and_day()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        town.Clock.Advance(TimeSpan.FromDays(1));
        await town.DoAsync("shizheng", number, "signature");

        var person = (await ListAsync(town, "person=paidan")).Items;
        var dispatcher = Assert.Single(person, l => l.Verb == "requests.Dispatch");
        Assert.All(person, l => Assert.True(l.ActorId == dispatcher.ActorId || l.Subject == dispatcher.ActorId.ToString()));
        Assert.Contains(person, l => l.What.Contains(dispatcher.Actor, StringComparison.Ordinal) && l.ActorKind == ActorKind.System);
        Assert.Equal(["requests.Sign"], (await ListAsync(town, "verb=requests.Sign")).Items.Select(l => l.Verb));
        Assert.All((await ListAsync(town, "kind=signIn")).Items, l => Assert.Equal(AuditKind.SignIn, l.Kind));
        Assert.Equal(["requests.Dispatch", "requests.Report"], (await ListAsync(town, $"subject={number}&until=2026-03-02")).Items.Select(l => l.Verb));
        Assert.Equal(["requests.Sign"], (await ListAsync(town, $"subject={number}&from=2026-03-03&until=2026-03-03")).Items.Select(l => l.Verb));
        Assert.Empty((await ListAsync(town, "person=nobody-of-that-name")).Items);
    }

    [Fact]
    public async Task Pages_follow_one_another_while_the_log_grows()
    {
        await using var town = await LoopTown.FoundAsync();
        for (var n = 0; n < 130; n++)
        {
            await ActAsync(town, "requests.Note");
        }

        var first = await ListAsync(town, "verb=requests.Note");
        await ActAsync(town, "requests.Note");
        var second = await ListAsync(town, $"verb=requests.Note&before={first.Next}");
        var third = await ListAsync(town, $"verb=requests.Note&before={second.Next}");

        Assert.Equal((50, 50, 30), (first.Items.Count, second.Items.Count, third.Items.Count));
        Assert.Equal(130, first.Items.Concat(second.Items).Concat(third.Items).Select(l => l.Id).Distinct().Count());
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Nobody_but_auditors_reads_it()
    {
        await using var town = await LoopTown.FoundAsync();
        foreach (var login in new[] { "guanli", "paidan", "duban", "tongji" })
        {
            foreach (var address in new[] { "/api/audit", "/api/audit/export", "/api/audit/checkpoints", "/work/audit" })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync(login)).GetAsync(address)).Status);
            }
        }
    }

    [Fact]
    public async Task An_auditor_meets_a_matter_of_the_own_organisation_nowhere_in_the_log()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("shizheng-shenji", new FoundedPost(Role.Auditor, "dept-municipal", "140427"));
        var plain = (await town.ReportAsync(text: "井盖松了")).Number;
        var hidden = (await town.ReportAsync(text: "服务态度差", about: "dept-municipal")).Number;

        foreach (var (login, sees) in new[] { (Auditor, true), ("shizheng-shenji", false) })
        {
            Assert.Equal(sees, (await ListAsync(town, "verb=requests.Report", login)).Items.Any(l => l.Subject == hidden));
            Assert.Equal(sees, (await ListAsync(town, $"subject={hidden}", login)).Items.Count > 0);
            var export = await (await town.AsAsync(login)).GetAsync("/api/audit/export?verb=requests.Report");
            Assert.Equal(sees, export.Text.Contains(hidden, StringComparison.Ordinal));
            Assert.Contains(plain, export.Text, StringComparison.Ordinal);
        }

        var list = await (await town.AsAsync("shizheng-shenji")).GetAsync($"/work/audit?subject={hidden}");
        Assert.Contains("没有符合条件的记录", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_a_table_without_formulas_and_its_taking_is_recorded_first()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.Town.InScopeAsync((LinliDb db) => db.CommitAsync(new Act(ActorKind.System, Guid.Empty, "requests.Note", town.Clock.Now, "=HYPERLINK(1)", "a \"b\", c")));

        var export = await (await town.AsAsync(Auditor)).GetAsync("/api/audit/export?from=2026-03-01&person=somebody");
        var all = await (await town.AsAsync(Auditor)).GetAsync("/api/audit/export");

        Assert.Equal("text/csv", all.ContentType);
        Assert.Contains(",'=HYPERLINK(1),\"a \"\"b\"\", c\",", all.Text, StringComparison.Ordinal);
        Assert.Contains("audit.export", all.Text, StringComparison.Ordinal);
        var taken = (await ListAsync(town, "kind=read")).Items;
        Assert.Equal(2, taken.Count);
        Assert.All(taken, t => Assert.DoesNotContain("somebody", t.Subject + t.Reason, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, export.Status);
    }

    [Theory]
    [InlineData("kind=nonsense", "kind")]
    [InlineData("from=yesterday", "from")]
    [InlineData("until=2026-02-30", "until")]
    public async Task A_search_that_cannot_be_read_is_refused_with_the_field(string query, string field)
    {
        await using var town = await LoopTown.FoundAsync();
        var auditor = await town.AsAsync(Auditor);

        var answer = await auditor.GetAsync($"/api/audit?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(field, answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await auditor.GetAsync($"/work/audit?{query}")).Status);
    }

    [Fact]
    public async Task The_state_says_when_sealing_falls_behind()
    {
        await using var town = await LoopTown.FoundAsync();
        await SealAsync(town);
        await ActAsync(town, "requests.Note");
        Assert.False((await StateAsync(town)).IsLate);

        town.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True((await StateAsync(town)).IsLate);
        Assert.Contains("日志没有及时封存", (await (await town.AsAsync(Auditor)).GetAsync("/work/audit")).Words, StringComparison.Ordinal);
        await SealAsync(town);
        Assert.False((await StateAsync(town)).IsLate);
        Assert.Equal(HttpStatusCode.OK, (await (await town.Town.HttpAsync()).GetAsync("/health/audit")).Status);
    }

    [Fact]
    public async Task A_checkpoint_is_handed_out_with_the_key_that_proves_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var made = await town.Town.InScopeAsync(async (MakeCheckpoint make) => await make.HandleAsync(TimeSpan.Zero, default) ?? throw new InvalidOperationException());
        var auditor = await town.AsAsync(Auditor);

        var file = await auditor.GetAsync($"/api/audit/checkpoints/{made.Sequence}");
        var key = PublicAuditKey.Read((await auditor.GetAsync("/api/audit/key")).Text);

        Assert.True(AuditCheckpoint.Read(file.Text)!.IsSignedBy(key));
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync("/api/audit/checkpoints/1")).Status);
        Assert.Contains($"/api/audit/checkpoints/{made.Sequence}", (await auditor.GetAsync("/work/audit")).Text, StringComparison.Ordinal);
    }

    private static async Task<AuditPage> ListAsync(LoopTown town, string query, string login = Auditor) =>
        (await (await town.AsAsync(login)).GetAsync($"/api/audit?{query}")).Json<AuditPage>();

    private static Task<ChainState> StateAsync(LoopTown town) => town.Town.InScopeAsync((AuditState state) => state.ReadAsync(default));

    private static Task<long> SealAsync(LoopTown town) => town.Town.InScopeAsync((AuditSealer sealer) => sealer.SealAllAsync(default));

    private static Task ActAsync(LoopTown town, string verb) => town.Town.InScopeAsync((LinliDb db) => db.CommitAsync(Act.BySystem(verb, town.Clock.Now, "x")));
}
