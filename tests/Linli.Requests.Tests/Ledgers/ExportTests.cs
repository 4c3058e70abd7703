using System.Net;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Inbox;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>What is taken along: at once or in the background, by its asker alone, for some days; and by a timetable.</summary>
public sealed class ExportTests
{
    private static readonly Linli.Testing.TownOptions InBackground = new() { Settings = services => services.Configure<LedgersOptions>(o => o.AtOnce = 0) };

    [Fact]
    public async Task Csv_opens_with_Chinese_and_holds_no_formula()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync(text: "=HYPERLINK(\"http://x\",\"点我\")，楼道灯坏了");
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        await town.ReportAsync(text: "＝1+1 第二行\n换行，还有\"引号\"，楼道灯坏了");

        var id = await town.SaveAsync("duban", LedgerTown.Plain("text", "supporters") with { Columns = [new("text", Heading: "内容", Under: "诉求"), LedgerTown.Formula("负数", "0 - [反映人数]")] });
        var bytes = await town.FetchAsync("duban", await town.ExportAsync("duban", id, LedgerFormat.Csv));

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var (columns, records) = CsvTable.Read(new MemoryStream(bytes))!.Value;
        Assert.Equal(["诉求/内容", "负数"], columns);
        var cells = records.Select(r => r.Cells).ToList();
        Assert.StartsWith("'=HYPERLINK", cells[0][0], StringComparison.Ordinal);
        Assert.StartsWith("'＝1+1", cells[1][0], StringComparison.Ordinal);
        Assert.Contains("换行，还有\"引号\"", cells[1][0], StringComparison.Ordinal);
        Assert.Equal(["-1", "-1"], cells.Select(c => c[1]));
    }

    [Fact]
    public async Task A_long_export_waits_shows_how_far_it_is_and_outlives_the_instance_that_began_it()
    {
        await using var town = await LoopTown.FoundAsync(options: InBackground);
        await town.FillAsync();
        var export = await town.ExportAsync("duban", await town.SaveAsync("duban", LedgerTown.Plain("number")), LedgerFormat.Xlsx);
        Assert.Equal((ExportState.Waiting, 3, 0), (export.State, export.Total, export.Percent));
        Assert.Equal(HttpStatusCode.Conflict, (await (await town.AsAsync("duban")).GetAsync($"/api/ledgers/exports/{export.Id}/file")).Status);

        // Another instance took it, came a third of the way, and ended.
        var until = town.Clock.Now.AddMinutes(1).ToUniversalTime();
        await town.Town.ReadAsync(db => db.Set<LedgerExport>().ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExportState.Running).SetProperty(e => e.LeaseUntil, until).SetProperty(e => e.Read, 1)));
        await MakeAsync(town);
        var underWay = await StateAsync(town, export.Id);
        Assert.Equal((ExportState.Running, 33), (underWay.State, underWay.Percent));

        town.Clock.Advance(TimeSpan.FromMinutes(2));
        await MakeAsync(town);
        var done = await StateAsync(town, export.Id);
        Assert.Equal((ExportState.Done, 100, 3), (done.State, done.Percent, done.Lines));
        Assert.Equal((byte)'P', (await town.FetchAsync("duban", done))[0]);
        Assert.Contains("做好了", string.Concat(await NoticesAsync(town, "duban")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_asker_fetches_an_export_and_it_is_gone_after_some_days()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var export = await town.ExportAsync("duban", "overdue", LedgerFormat.Xlsx);
        foreach (var other in new[] { "paidan", "guanli", "shenji" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync(other)).GetAsync($"/api/ledgers/exports/{export.Id}/file")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync(other)).SendJsonAsync(HttpMethod.Delete, $"/api/ledgers/exports/{export.Id}")).Status);
        }

        var file = await town.Town.ReadAsync(db => db.Set<EvidenceFile>().SingleAsync(f => f.ContentType.Contains("spreadsheet")));
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("duban")).GetAsync($"/files/{file.Id}")).Status);   // by no other way either

        town.Clock.Advance(TimeSpan.FromDays(8));
        await town.Town.InScopeAsync((LedgerFiles files) => files.SweepAsync(default));
        Assert.Equal(0, await town.Town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync(f => f.ContentType.Contains("spreadsheet"))));
        Assert.True(await town.Town.InScopeAsync(async (EvidenceStore store) => await store.OpenAsync(file.Sha256, false, default) is null));
    }

    [Fact]
    public async Task A_timetable_goes_by_the_countys_clock_and_puts_off_days_off()
    {
        await using var town = await LoopTown.FoundAsync();
        var id = await town.SaveAsync("duban", LedgerTown.Plain("number") with { Period = new LedgerPeriod(PeriodKind.LastWeek, "reportedAt"), Subtitle = "{期间}" });
        await ScheduleAsync(town, id, new LedgerTimetable(TimetableKind.Weekly, 1, "08:30"));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 0, 30, 0, TimeSpan.Zero), (await NextAsync(town)).At);   // 08:30 in Shanxi

        // Qingming 2026: Monday 6 April is off; the Monday's ledger is made on Tuesday, about the week before Monday.
        town.Clock.Set(new DateTimeOffset(2026, 4, 1, 1, 0, 0, TimeSpan.Zero));
        await ScheduleAsync(town, id, new LedgerTimetable(TimetableKind.Weekly, 1, "08:30"));
        Assert.Equal((new DateTimeOffset(2026, 4, 7, 0, 30, 0, TimeSpan.Zero), new DateOnly(2026, 4, 6)), await NextAsync(town));

        await RunAsync(town);
        Assert.Empty(await ExportsAsync(town, "duban"));   // not yet
        town.Clock.Set(new DateTimeOffset(2026, 4, 7, 0, 31, 0, TimeSpan.Zero));
        await RunAsync(town);
        await RunAsync(town);
        await MakeAsync(town);
        var made = Assert.Single(await ExportsAsync(town, "duban"));
        Assert.Equal((ExportState.Done, true), (made.State, made.IsScheduled));
        Assert.Contains("做好了", string.Concat(await NoticesAsync(town, "duban")), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 4, 13, 0, 30, 0, TimeSpan.Zero), (await NextAsync(town)).At);
    }

    [Fact]
    public async Task Nothing_is_made_for_somebody_whose_post_has_ended()
    {
        await using var town = await LoopTown.FoundAsync();
        await ScheduleAsync(town, await town.SaveAsync("duban", LedgerTown.Plain("number")), new LedgerTimetable(TimetableKind.Daily, 1, "10:00"));
        town.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(town);   // asked for while the post held, computed after it ended
        await EndPostsAsync(town, "duban");
        await MakeAsync(town);
        Assert.Equal(ExportState.Failed, await town.Town.ReadAsync(db => db.Set<LedgerExport>().Select(e => e.State).SingleAsync()));

        town.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(town);
        await MakeAsync(town);
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<LedgerExport>().CountAsync()));
        Assert.True(await town.Town.ReadAsync(db => db.Set<Ledger>().Select(l => l.IsStopped && l.NextAt == null).SingleAsync()));
    }

    private static Task MakeAsync(LoopTown town) => town.Town.Services.GetRequiredService<MakeExports>().HandleAsync(default);

    private static Task RunAsync(LoopTown town) => town.Town.InScopeAsync((RunTimetables run) => run.HandleAsync(default));

    private static async Task<LedgerExportView> StateAsync(LoopTown town, Guid id) => (await (await town.AsAsync("duban")).GetAsync($"/api/ledgers/exports/{id}")).Json<LedgerExportView>();

    private static async Task<LedgerExportView[]> ExportsAsync(LoopTown town, string who) => (await (await town.AsAsync(who)).GetAsync("/api/ledgers/exports")).Json<LedgerExportView[]>();

    private static async Task ScheduleAsync(LoopTown town, string id, LedgerTimetable timetable)
    {
        var answer = await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{id}/timetable", timetable);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    private static Task<(DateTimeOffset At, DateOnly Day)> NextAsync(LoopTown town) => town.Town.ReadAsync(async db =>
    {
        var ledger = await db.Set<Ledger>().AsNoTracking().SingleAsync();
        return (ledger.NextAt!.Value, ledger.NextDay!.Value);
    });

    private static async Task<List<string>> NoticesAsync(LoopTown town, string login)
    {
        var id = (await town.ActorAsync(login)).Id;
        return await town.Town.ReadAsync(db => db.Set<Notice>().Where(n => n.AccountId == id).Select(n => n.Text).ToListAsync());
    }

    private static async Task EndPostsAsync(LoopTown town, string login)
    {
        var (id, now) = ((await town.ActorAsync(login)).Id, town.Clock.Now.ToUniversalTime());
        await town.Town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Until, now)));
    }
}
