using System.Net;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Suggestions;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>A place that is only written down: proposed to the reporter, taken where it is plain, explained to the dispatcher.</summary>
public sealed class WrittenPlaceTests
{
    private const string Fine = "楼道灯坏了";

    [Fact]
    public async Task The_area_is_taken_from_the_address_where_that_is_plain_and_nobody_said_no()
    {
        await using var town = await LoopTown.FoundAsync();
        Assert.Equal(Chengnan, await AreaOfAsync(new { address = "龙泉镇城南社区卫生站对面" }));
        Assert.Equal(Chengnan, await AreaOfAsync(new { address = "紫苑小区9号楼" }));
        Assert.Null(await AreaOfAsync(new { address = "洪掌村" })); // which of the two?
        Assert.Null(await AreaOfAsync(new { address = "龙泉镇城南社区卫生站对面", fromAddress = false }));
        Assert.Equal("140427101", await AreaOfAsync(new { area = "140427101", address = "城南社区" })); // chosen on purpose

        async Task<string?> AreaOfAsync(object place) =>
            (await town.LoadAsync((await town.SendReportAsync(new { serviceType = Plain, text = Fine, place })).Json<ReportRequest.Receipt>().Number)).AreaCode;
    }

    [Fact]
    public async Task The_form_asks_whether_it_is_here_and_takes_the_answer()
    {
        await using var town = await LoopTown.FoundAsync();
        using var visitor = await town.Town.HttpAsync();
        var asked = await visitor.PostFormAsync("/report/place", ("text", "龙全镇城南社区卫生站对面"));
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains("是这里吗", asked.Words, StringComparison.Ordinal);
        Assert.Contains("龙泉镇城南社区", asked.Words, StringComparison.Ordinal);
        Assert.Contains("读音相同", asked.Words, StringComparison.Ordinal);
        Assert.Empty((await visitor.PostFormAsync("/report/place", ("text", "<script>"))).Words.Trim());

        (string, string)[] form = [("serviceType", Plain), ("address", "洪掌村口")];
        Assert.Equal("140427103227", await SentAsync("a", [.. form, ("place", "140427103227")]));
        Assert.Equal("140427101", await SentAsync("b", [.. form, ("place", "140427103227"), ("area", "140427101")])); // the list goes before
        Assert.Null(await SentAsync("c", [("serviceType", Plain), ("address", "城南社区"), ("place", "")])); // none of these

        async Task<string?> SentAsync(string key, (string, string)[] fields)
        {
            await visitor.PostFormAsync("/report", [.. fields, ("text", Fine + key), ("idempotencyKey", "0123456789abcdef" + key)]);
            return await town.Town.ReadAsync(async db => (await db.Set<ServiceRequest>().SingleAsync(r => r.Text == Fine + key)).AreaCode);
        }
    }

    [Fact]
    public async Task The_dispatcher_reads_where_it_may_be_and_why_and_nobody_else_does()
    {
        await using var town = await LoopTown.FoundAsync();
        var twoPlaces = (await town.SendReportAsync(new { serviceType = Plain, text = Fine, place = new { address = "洪掌村" } })).Json<ReportRequest.Receipt>().Number;
        var hints = (await town.ViewAsync("paidan", twoPlaces)).Staff!.Places;
        Assert.Equal(["140427102245", "140427103227"], hints.Select(h => h.AreaCode));
        Assert.All(hints, h => Assert.True(!h.IsTaken && h.Reasons.Any(r => r.Contains("2 处同名", StringComparison.Ordinal))));
        var page = await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{twoPlaces}");
        Assert.Contains("在店上镇洪掌村（把握 60%）", page.Words, StringComparison.Ordinal);
        Assert.Null((await town.ViewAsync(Reporter, twoPlaces)).Staff);

        var plain = (await town.SendReportAsync(new { serviceType = Plain, text = Fine, place = new { address = "桥上乡红豆峡村" } })).Json<ReportRequest.Receipt>().Number;
        var taken = Assert.Single((await town.ViewAsync("paidan", plain)).Staff!.Places);
        Assert.True(taken.IsTaken && taken.Reasons.Count > 1);

        // Without an address the words themselves are looked at.
        var told = (await town.SendReportAsync(new { serviceType = Plain, text = "程村路灯坏了三天" })).Json<ReportRequest.Receipt>().Number;
        Assert.Equal("140427100207", (await town.ViewAsync("paidan", told)).Staff!.Places[0].AreaCode);
    }

    [Fact]
    public async Task The_dispatcher_accepts_a_place_or_names_another_and_what_was_suggested_is_kept()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.SendReportAsync(new { serviceType = Plain, text = Fine, place = new { address = "洪掌村" } })).Json<ReportRequest.Receipt>().Number;
        await town.DoAsync("paidan", number, "place", new { area = "140427103227" });
        Assert.Equal("140427103227", (await town.LoadAsync(number)).AreaCode);
        await town.DoAsync("paidan", number, "place", new { area = "店上镇洪掌村" }); // words do as well
        var moved = await town.LoadAsync(number);
        Assert.Equal(("140427102245", RequestState.Reported), (moved.AreaCode, moved.State));

        var kept = await town.Town.ReadAsync(db => db.Set<SuggestionRecord>().Where(s => s.Kind == SuggestionKind.Place).OrderBy(s => s.At).ThenBy(s => s.Chosen).ToListAsync());
        Assert.Equal(["140427102245", "140427103227"], kept.Select(k => k.Chosen).Order());
        var accepted = kept.Single(k => k.Chosen == "140427103227");
        Assert.Equal("140427102245", accepted.Suggested); // the other of the two stood first
        Assert.NotEmpty(accepted.Why);

        await town.RefusedAsync("paidan", number, "place", new { area = "140427102245" }, HttpStatusCode.Conflict, "already_there");
        foreach (var wrong in new[] { "", "洪掌村", "999999", "某某村", new string('龙', 5_000), "\u0000" })
        {
            await town.RefusedAsync("paidan", number, "place", new { area = wrong }, HttpStatusCode.UnprocessableEntity, "invalid");
        }

        Assert.Equal("140427102245", (await town.LoadAsync(number)).AreaCode);
        Assert.DoesNotContain((await town.ViewAsync(Reporter, number)).History, h => h.Step == Step.Relocate); // among staff
    }

    [Fact]
    public async Task A_renamed_office_and_a_new_landmark_are_found_without_a_restart()
    {
        await using var town = await LoopTown.FoundAsync();
        var gazetteers = town.Town.Services.GetRequiredService<Gazetteers>();
        var before = await gazetteers.CurrentAsync();
        gazetteers.LookAgain();
        Assert.Same(before, await gazetteers.CurrentAsync()); // nothing has changed
        Assert.Null(before.FindSure("太行云中驿站"));

        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            (await db.Set<Organisation>().SingleAsync(o => o.ShortName == "树掌镇卫生院")).ShortName = "太行云中驿站";
            await db.CommitAsync(Act.BySystem("test.rename", town.Clock.Now));
        });
        gazetteers.LookAgain();
        Assert.Equal("140427104", (await gazetteers.CurrentAsync()).FindSure("太行云中驿站")?.Area.Code);
        Assert.Null(before.FindSure("太行云中驿站")); // who holds the old one keeps a whole one

        var first = await ImportAsync("name,kind,area\n云上老戏台,landmark,140427104200\n");
        Assert.Equal((1, 0), (first.Added, first.Changed));
        Assert.Equal("140427104200", (await gazetteers.CurrentAsync()).FindSure("云上老戏台旁边")?.Area.Code); // at once where it was imported
        Assert.Equal(new ImportedPlaces(0, 0, 0, 1), await ImportAsync("name,kind,area\n云上老戏台,landmark,140427104200\n"));

        async Task<ImportedPlaces> ImportAsync(string csv) => (await town.Town.InScopeAsync((ImportPlaces import) =>
            import.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "places.csv", CoordinateSystem.Wgs84, false, Actor.System))).Value;
    }

    [Fact]
    public async Task A_wrong_file_of_places_is_refused_with_its_lines_and_a_dry_run_writes_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        (string Csv, string Field)[] wrong =
        [
            ("", "places.csv"), ("name,kind\nx,road\n", "places.csv"), ("name,kind,area\n", "places.csv"),
            ("name,kind,area\n路,road,140427100\n", "places.csv:2 › name"), ("name,kind,area\n新路,street,140427100\n", "places.csv:2 › kind"),
            ("name,kind,area\n新路,area,140427100\n", "places.csv:2 › kind"), ("name,kind,area\n新路,road,999999\n", "places.csv:2 › area"),
            ("name,kind,area,lon,lat\n新路,road,140427100,36.1,113.2\n", "places.csv:2 › lon"), ("name,kind,area,lon,lat\n新路,road,140427100,113.2,\n", "places.csv:2 › lon"),
            ("name,kind,area\n新路,road,140427100\n新路,estate,140427100\n", "places.csv:3 › name"),
        ];
        var before = await town.Town.ReadAsync(db => db.Set<NamedPlace>().CountAsync());
        foreach (var (csv, field) in wrong)
        {
            Assert.Contains(((Failure.Invalid)(await ImportAsync(csv, false)).Failure!).Problems, p => p.Field == field);
        }

        Assert.Equal((1, before), (await ImportAsync("name,kind,area\n新路,road,140427100\n", true)).Value is var dry ? (dry.Added, dry.Removed) : default);
        Assert.Equal(before, await town.Town.ReadAsync(db => db.Set<NamedPlace>().CountAsync()));

        Task<Outcome<ImportedPlaces>> ImportAsync(string csv, bool isDryRun) => town.Town.InScopeAsync((ImportPlaces import) =>
            import.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "places.csv", CoordinateSystem.Wgs84, isDryRun, Actor.System));
    }
}
