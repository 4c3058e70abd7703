using System.Net;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Import.Assistant;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Linli.Requests.Tests.Import.AssistantTests;

namespace Linli.Requests.Tests.Import;

/// <summary>The assistant with areas and service types, for administrators of a part, and when it is broken off.</summary>
public sealed class AssistantKindsTests
{
    /// <summary>The statistics bureau writes all codes with twelve digits.</summary>
    [Fact]
    public async Task Areas_come_in_below_each_other_and_leave_again_while_nothing_relies_on_them()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, "areas", "统计用区划代码,名称,经度,纬度\n140427900000,新设镇,113.2,36.1\n140427900001,新一村,,\n14042790000101,第一网格,,\n140427901001,孤村,,\n14,山西省,,\n140427902000,远镇,2.35,48.85\n");

        var flaws = draft.GetProperty("flaws").EnumerateArray().Select(f => (f.GetProperty("row").GetInt32(), f.TryGetProperty("column", out var c) ? c.GetString() : null)).ToList();
        Assert.Equal([(5, "统计用区划代码"), (6, "统计用区划代码"), (7, "经度")], flaws);
        Assert.Equal(3, (await RunAsync(town, administrator, draft)).GetProperty("imported").GetInt32());
        var grid = await town.ReadAsync(db => db.Set<Area>().AsNoTracking().SingleAsync(a => a.Code == "14042790000101"));
        Assert.Equal(("壶关县新设镇新一村第一网格", AreaLevel.Grid, "140427900001"), (grid.FullName, grid.Level, grid.ParentCode));
        Assert.NotNull(await town.Services.GetRequiredService<AreaMaps>().CurrentAsync() is { } map ? map.Find("140427900") : null);

        await town.InScopeAsync(async (LinliDb db) =>
        {
            db.Add(new Organisation { Code = "in-it", Name = "新一村村委会", Kind = OrganisationKind.Township, AreaCode = "140427900001" });
            await db.CommitAsync(Act.BySystem("test.use", town.Clock.Now));
        });
        var undone = (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo")).Json();
        Assert.Equal((1, 2), (undone.GetProperty("undone").GetInt32(), undone.GetProperty("left").GetArrayLength()));   // the grid alone
        Assert.All(undone.GetProperty("left").EnumerateArray(), l => Assert.Contains("在用", l.GetProperty("problem").GetString(), StringComparison.Ordinal));
        Assert.Equal(2, await town.ReadAsync(db => db.Set<Area>().CountAsync(a => a.Code.StartsWith("140427900"))));
    }

    [Fact]
    public async Task A_renamed_town_renames_what_lies_in_it_and_is_called_as_before_after_undoing()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, "areas", "区划代码,名称\n140427101,新名镇\n");
        var change = Assert.Single(draft.GetProperty("changes").EnumerateArray());
        Assert.EndsWith(" → 新名镇", Assert.Single(change.GetProperty("what").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains($"{(await NamesAsync(town)).Count - 1} 个区域", change.GetProperty("warning").GetString(), StringComparison.Ordinal);
        await RunAsync(town, administrator, draft);
        Assert.All(await NamesAsync(town), n => Assert.StartsWith("壶关县新名镇", n, StringComparison.Ordinal));

        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo");
        Assert.All(await NamesAsync(town), n => Assert.DoesNotContain("新名镇", n, StringComparison.Ordinal));
        Assert.True((await NamesAsync(town)).Count > 3);
    }

    [Fact]
    public async Task Service_types_are_read_in_clerks_words_changed_and_taken_back()
    {
        await using var town = await LoopTown.FoundAsync();
        var administrator = await town.AsAsync("guanli");
        var before = await TypeAsync(town, LoopTown.Plain);
        var draft = await BeginAsync(administrator, "types",
            $"事项代码,事项名称,大类,办结时限,紧急程度,是否公开,是否可匿名,关键词\nbike-racks,共享单车乱放,道路交通,3个工作日,一般,公开,是,单车、共享单车\n{LoopTown.Plain},老旧小区改造,,10 个工作日,,,,\nbad,坏,没有这一组,三天,飞快,,也许,\n");

        var columns = draft.GetProperty("flaws").EnumerateArray().Select(f => (f.GetProperty("row").GetInt32(), f.GetProperty("column").GetString())).Order().ToList();
        Assert.Equal([(4, "办结时限"), (4, "大类"), (4, "是否可匿名"), (4, "紧急程度")], columns.Distinct().OrderBy(c => c.Item2, StringComparer.Ordinal));
        Assert.Equal(1, (await RunAsync(town.Town, administrator, draft)).GetProperty("rejected").GetInt32());
        var made = await TypeAsync(town, "bike-racks");
        Assert.Equal(("roads", Visibility.Public, true, "3 working days"), (made!.GroupCode, made.Visibility, made.AllowsAnonymous, made.Budgets["resolve"]));
        Assert.Equal(["单车", "共享单车"], made.Keywords);
        Assert.Equal((before!.Fields.Count, "10 working days"), ((await TypeAsync(town, LoopTown.Plain))!.Fields.Count, (await TypeAsync(town, LoopTown.Plain))!.Budgets["resolve"]));

        var number = (await town.ReportAsync(type: "bike-racks")).Number;
        var undone = (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo")).Json();
        Assert.Contains("共享单车乱放", Assert.Single(undone.GetProperty("left").EnumerateArray()).GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("bike-racks", (await town.LoadAsync(number)).ServiceTypeCode);
        Assert.Equal(TypeJson.Of(before).ToJsonString(), TypeJson.Of((await TypeAsync(town, LoopTown.Plain))!).ToJsonString());
    }

    /// <summary>Said before it is done; what was published is on no list of anybody afterwards, and is again when the import is undone.</summary>
    [Fact]
    public async Task A_type_in_force_that_a_file_makes_sensitive_is_announced_and_its_requests_are_public_no_longer()
    {
        await using var town = await LoopTown.FoundAsync();
        var administrator = await town.AsAsync("guanli");
        var number = (await town.ReportAsync(type: "street-lamp", text: "城南社区卫生站对面的路灯不亮")).Number;
        using var anybody = await town.Town.HttpAsync();
        string[] lists = ["/api/public/requests?type=street-lamp", "/open311/v2/requests.json?service_code=street-lamp", $"/open311/v2/requests/{number}.json", "/requests", "/feeds/requests.atom", $"/requests/{number}"];
        var open = new List<string>();
        foreach (var list in lists)
        {
            open.AddRange(await IsOnAsync(list) ? [list] : []);
        }

        Assert.Contains(lists[0], open);
        Assert.Contains(lists[1], open);
        Assert.Contains(lists[5], open);
        var draft = await BeginAsync(administrator, "types", "代码,事项名称,分组,办结时限,敏感,公开\nstreet-lamp,路灯不亮,市政设施,,是,不公开\nbike-racks,共享单车乱放,道路交通,3个工作日,,\n");

        Assert.Equal((1, 0), (draft.GetProperty("new").GetInt32(), draft.GetProperty("unchanged").GetInt32()));
        var change = Assert.Single(draft.GetProperty("changes").EnumerateArray());
        var what = change.GetProperty("what").EnumerateArray().Select(w => w.GetString()).ToList();
        Assert.Contains("敏感：否 → 是", what);
        Assert.Contains("公开方式：公开 → 不公开", what);
        Assert.Equal("这类诉求已有 1 件：都变成敏感的，不再公开，没有相应权限的人也看不到。", change.GetProperty("warning").GetString());
        Assert.Contains("这类诉求已有 1 件", (await administrator.GetAsync($"/admin/imports/{IdOf(draft)}")).Text, StringComparison.Ordinal);
        Assert.True(await IsOnAsync(lists[0]));

        Assert.Equal(2, (await RunAsync(town.Town, administrator, draft)).GetProperty("imported").GetInt32());
        foreach (var list in lists)
        {
            Assert.False(await IsOnAsync(list), list);
        }

        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo");
        foreach (var list in open)
        {
            Assert.True(await IsOnAsync(list), list);
        }

        async Task<bool> IsOnAsync(string list) => (await anybody.GetAsync(list)) is { Status: HttpStatusCode.OK } page && page.Text.Contains("卫生站对面", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_reported_as_private_stays_so_when_its_type_becomes_public()
    {
        await using var town = await LoopTown.FoundAsync();
        var administrator = await town.AsAsync("guanli");
        await RunAsync(town.Town, administrator, await BeginAsync(administrator, "types", "代码,事项名称,分组,办结时限\nbike-racks,共享单车乱放,道路交通,3个工作日\n"));
        var number = (await town.ReportAsync(type: "bike-racks", email: "li@example.com")).Number;
        var draft = await BeginAsync(administrator, "types", "代码,事项名称,分组,公开\nbike-racks,共享单车乱放,道路交通,公开\n");
        Assert.Contains("原来不公开的仍不公开", Assert.Single(draft.GetProperty("changes").EnumerateArray()).GetProperty("warning").GetString(), StringComparison.Ordinal);
        await RunAsync(town.Town, administrator, draft);
        Assert.Equal(Visibility.Private, (await town.LoadAsync(number)).Visibility);
    }

    [Theory]
    [InlineData("areas", "代码,名称\n140427100901,甲\n140427100901,乙\n")]
    [InlineData("types", "代码,事项名称,分组,办结时限\nbike,甲,道路交通,3个工作日\nbike,乙,道路交通,3个工作日\n")]
    [InlineData("organisations", "单位代码,单位名称,单位类型\nin-1,甲,部门\nin-1,乙,部门\n")]
    public async Task The_same_code_twice_in_a_file_is_wrong_the_second_time(string kind, string file)
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, kind, file);
        var flaw = Assert.Single(draft.GetProperty("flaws").EnumerateArray());
        Assert.Equal(3, flaw.GetProperty("row").GetInt32());
        Assert.Contains("第 2 行已经有代码", flaw.GetProperty("problem").GetString(), StringComparison.Ordinal);
        var done = await RunAsync(town, administrator, draft);
        Assert.Equal((1, 1), (done.GetProperty("imported").GetInt32(), done.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task A_service_type_that_is_written_down_is_read_back_as_it_was()
    {
        await using var town = await Town.FoundAsync();
        var types = await town.ReadAsync(db => db.Set<ServiceType>().AsNoTracking().ToListAsync());
        var calendars = (await town.InScopeAsync((CalendarsInForce c) => c.GetAsync(default).AsTask())).All;
        Assert.True(types.Count > 30);
        foreach (var type in types)
        {
            var problems = new ImportProblems();
            using var file = JsonDocument.Parse($"[{TypeJson.Of(type).ToJsonString()}]");
            var read = ReadEntries.Types(file.RootElement, calendars, problems).Single();
            Assert.Equal((0, TypeJson.Of(type).ToJsonString()), (problems.Count, TypeJson.Of(read).ToJsonString()));
        }
    }

    [Fact]
    public async Task An_administrator_of_a_town_imports_into_that_town_alone()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("zhen", new FoundedPost(Role.Administrator, null, "140427100"));
        var part = await town.AsAsync("zhen");

        foreach (var (kind, file) in new[]
        {
            ("organisations", "单位代码,单位名称,单位类型,区域\nin-1,镇内单位,部门,140427100\nout-1,镇外单位,部门,140427101\nall-1,全县单位,部门,\n"),
            ("areas", "区划代码,名称\n140427100990,镇内村\n140427101990,镇外村\n140427990,新镇\n"),
            ("staff", "登录名,姓名,岗位,区域\nin.one,甲,派单员,140427100\nout.one,乙,派单员,140427101\nall.one,丙,派单员,\n"),
            ("requests", "编号,诉求内容,区域\n1,路灯坏了,140427100\n2,路灯坏了,140427101\n3,路灯坏了,\n"),
        })
        {
            var done = await RunAsync(town.Town, part, await BeginAsync(part, kind, file));
            Assert.Equal((kind, 1, 2), (kind, done.GetProperty("imported").GetInt32(), done.GetProperty("rejected").GetInt32()));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(part, "types", "事项代码,事项名称\na,b\n"u8.ToArray())).Status);
        Assert.Equal(["140427100"], await town.Town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.AreaCode!).Distinct().ToListAsync()));
    }

    /// <summary>Three ways of being killed: between two pieces, before what was written is booked, and while it writes.</summary>
    [Fact]
    public async Task An_import_that_was_broken_off_goes_on_where_it_was_and_brings_nothing_twice()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var staff = await StartAsync(administrator, "staff", "登录名,姓名,岗位\n" + string.Concat(Enumerable.Range(0, 130).Select(i => $"many.{i},人{i},派单员\n")));
        Assert.True(await town.InScopeAsync((ImportStep step) => step.RunAsync(staff, default)));
        var midway = await BatchAsync(staff);
        Assert.Equal((ImportState.Running, 50, 50), (midway.State, midway.Done, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.UserName!.StartsWith("many.")))));
        var page = await administrator.GetAsync($"/admin/imports/{staff:D}");
        Assert.Contains("已处理 50 行，共 130 行", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("meta[http-equiv=refresh]"));

        await using (var other = Town.On(town.Store, keepsStore: true))   // another process on the same store
        {
            await other.Services.GetRequiredService<RunImports>().RunAsync(CancellationToken.None);
        }

        Assert.Equal(130, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.UserName!.StartsWith("many."))));
        Assert.Equal((ImportState.Done, 130), await BatchAsync(staff) is var done ? (done.State, done.Imported) : default);

        var requests = await StartAsync(administrator, "requests", "编号,诉求内容\n1,路灯坏了\n2,井盖没了\n");
        await town.Services.GetRequiredService<RunImports>().RunAsync(CancellationToken.None);
        await town.InScopeAsync((LinliDb db) => db.Set<ImportBatch>().Where(b => b.Id == requests).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, ImportState.Running).SetProperty(b => b.Imported, 0)));
        await town.Services.GetRequiredService<RunImports>().RunAsync(CancellationToken.None);
        Assert.Equal((2, 0), await BatchAsync(requests) is var booked ? (booked.Imported, booked.Known) : default);
        Assert.Equal(2, (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{requests}/undo")).Json().GetProperty("undone").GetInt32());
        Assert.Equal(0, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));

        Task<ImportBatch> BatchAsync(Guid id) => town.ReadAsync(db => db.Set<ImportBatch>().AsNoTracking().SingleAsync(b => b.Id == id));
    }

    private static async Task<Guid> StartAsync(Testing.Http.Visitor administrator, string kind, string file)
    {
        var id = IdOf(await BeginAsync(administrator, kind, file));
        Assert.Equal(HttpStatusCode.OK, (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{id}/start", new { allOrNothing = false })).Status);
        return Guid.Parse(id);
    }

    private static Task<ServiceType?> TypeAsync(LoopTown town, string code) => town.Town.ReadAsync(db => db.Set<ServiceType>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == code));

    private static Task<List<string>> NamesAsync(Town town) => town.ReadAsync(db => db.Set<Area>().Where(a => a.Code.StartsWith("140427101")).Select(a => a.FullName).ToListAsync());
}
