using System.Net;
using System.Text;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Every list on screen is a ledger: with its filters, and at once as a file.</summary>
public sealed class ListTests
{
    private static readonly (string Who, string Page, string Source)[] Lists =
    [
        ("duban", "/work?queue=All&state=Resolved", "requests"),
        ("guanli", "/admin/people?role=Supervisor", "people"),
        ("guanli", "/admin/people/invitations", "invitations"),
        ("guanli", "/admin/organisations?kind=Department", "organisations"),
        ("guanli", "/admin/clients", "clients"),
        ("guanli", "/admin/webhooks", "webhooks"),
        ("guanli", "/admin/partners", "partners"),
        ("guanli", "/admin/imports", "imports"),
        ("guanli", "/admin/inbound", "inbound"),
        ("shenji", "/work/audit?from=2026-03-02&until=2026-03-02", "audit"),
        ("paidan", "/work/floods", "floods"),
        ("duban", "/work/unmaskings", "unmaskings"),
        ("duban", "/work/topics", "topics"),
        ("duban", "/work/suggestions?days=7", "suggestions"),
        ("duban", "/work/responsibilities", "responsibilities"),
        ("duban", "/work/calendars/huguan", "specialDays"),
        ("duban", "/inbox", "inbox"),
        ("duban", "/me/sessions", "sessions"),
        ("duban", "/me/deputies", "deputies"),
    ];

    [Fact]
    public async Task A_list_leads_to_its_ledger_with_its_filters_and_that_to_a_file()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        foreach (var (who, page, source) in Lists)
        {
            var visitor = await town.AsAsync(who);
            var link = (await visitor.GetAsync(page)).Page.QuerySelectorAll("a[href^='/work/ledgers/new']").FirstOrDefault(a => a.GetAttribute("href")!.Contains($"source={source}", StringComparison.Ordinal));
            Assert.True(link is not null, page);
            var builder = await visitor.GetAsync(link.GetAttribute("href")!);
            Assert.True(builder.Status == HttpStatusCode.OK, builder.Text);
            Assert.Equal(source, builder.Page.QuerySelector("input[name=source]")!.GetAttribute("value"));
            foreach (var asked in (page.Split('?').ElementAtOrDefault(1) ?? "queue=All").Split('&').Where(q => q != "queue=All").Select(q => q.Split('=')))
            {
                var field = builder.Page.QuerySelector($"[name='{(asked[0] is "from" or "until" ? "period" : "filters")}.{asked[0]}']")!;
                Assert.Equal(asked[1], field.GetAttribute("value") ?? field.QuerySelector("option[selected]")!.GetAttribute("value"));
            }

            var saved = await visitor.SubmitAsync(builder, "form.ledger-builder", ("name", source));
            Assert.True(saved.Status is HttpStatusCode.OK or HttpStatusCode.Found, $"{page} {saved.Status} {saved.Page.QuerySelector(".problems")?.TextContent}");
            var id = (await visitor.GetAsync("/api/ledgers")).Json<LedgerView[]>().Single(l => l.IsOwn && l.Name == source).Id;
            Assert.Equal(Encoding.UTF8.GetPreamble(), (await town.FetchAsync(who, await town.ExportAsync(who, id, LedgerFormat.Csv)))[..3]);
        }
    }

    [Fact]
    public async Task A_list_that_nobody_saved_is_taken_along_as_it_stands()
    {
        await using var town = await LoopTown.FoundAsync();
        var (done, _, _) = await town.FillAsync();
        var visitor = await town.AsAsync("duban");
        var list = LedgerTown.Plain("number", "state") with { Filters = new Dictionary<string, string> { ["state"] = "Resolved" } };

        var asked = await visitor.SendJsonAsync(HttpMethod.Post, "/api/ledgers/exports", new { ledger = list, format = "csv" });
        Assert.Equal(HttpStatusCode.Created, asked.Status);
        Assert.Equal($"\ufeff编号,状态\r\n{done},已办结\r\n", Encoding.UTF8.GetString(await town.FetchAsync("duban", asked.Json<LedgerExportView>())));
        Assert.DoesNotContain((await visitor.GetAsync("/api/ledgers")).Json<LedgerView[]>(), l => l.IsOwn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/ledgers/exports", new { format = "csv" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostFormAsync("/work/ledgers/draft/exports", ("source", "requests"), ("name", "台账"), ("format", "Csv"))).Status);   // no column
    }

    [Fact]
    public async Task Lists_of_ones_own_hold_nobody_elses()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        await town.DoAsync("paidan", (await town.ReportAsync(text: "路灯不亮，晚上没法走")).Number, "dispatch", new { organisation = "dept-municipal" });
        var handler = (await town.PreviewAsync("shizheng", LedgerTown.Plain("text") with { Source = "inbox" })).Column(0).ToList();

        Assert.NotEmpty(handler);
        Assert.DoesNotContain((await town.PreviewAsync("wangge1", LedgerTown.Plain("text") with { Source = "inbox" })).Column(0), handler.Contains);
        Assert.Single((await town.PreviewAsync("wangge1", LedgerTown.Plain("device", "startedAt") with { Source = "sessions" })).Lines);
        foreach (var source in new[] { "people", "invitations", "clients", "webhooks", "deliveries", "partners", "imports", "inbound", "audit" })
        {
            Assert.Equal("source", (await town.RefusedAsync("duban", LedgerTown.Plain("name") with { Source = source })).Field);
        }
    }
}
