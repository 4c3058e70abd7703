using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Clocks;
using Linli.Requests.Import;
using Linli.Requests.Life;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Import;

public sealed class ImportRequestsTests : IAsyncLifetime
{
    private const string Header = "编号,标题,内容,时间,街道,单位,状态,点赞,来源";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-import-");
    private Town _town = null!;

    private static readonly ImportMapping Mapping = JsonSerializer.Deserialize<ImportMapping>(
        """
        {
          "nameZh": "试", "nameEn": "test", "source": "old-hotline", "empty": ["-"],
          "id": "{编号}", "title": "{标题}", "text": ["{内容}", "{标题}"],
          "reportedAt": { "value": "{时间}", "formats": ["yyyy/M/d H:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:sszzz"], "zone": "Asia/Shanghai" },
          "area": { "look": ["{街道}"], "table": { "老城区": "140427100" }, "default": "140427" },
          "serviceType": { "look": ["{标题}"], "table": { "井盖": "manhole" }, "suggestFrom": "{内容}", "default": "other" },
          "organisation": { "name": "{单位}", "create": { "area": "140427", "kind": "department", "kinds": [{ "contains": "水务", "kind": "utility" }] } },
          "state": { "rules": [
            { "when": { "状态": "办结" }, "state": "closed", "history": "原系统：[{单位}]已办结" },
            { "when": { "状态": "在办" }, "state": "inHand" } ] },
          "joined": "{点赞}", "keep": ["来源"]
        }
        """, Json.Plain)!;

    public async ValueTask InitializeAsync() => _town = await Town.FoundAsync();

    public async ValueTask DisposeAsync()
    {
        await _town.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_row_becomes_a_request_with_its_own_time_and_a_history_that_says_where_it_came_from()
    {
        await RunAsync("77,路灯,龙泉街的路灯不亮，晚上看不见,2024/3/5 8:00:00,老城区,-,,2,微信");

        var request = await OneAsync("77");
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero), request.ReportedAt);
        Assert.StartsWith("240305-", request.Number, StringComparison.Ordinal);
        Assert.Equal(("street-lamp", "140427100", 3, Channel.Import), (request.ServiceTypeCode, request.AreaCode, request.Supporters, request.Channel));
        Assert.Equal((RequestState.Reported, Visibility.AfterCheck, false), (request.State, request.Visibility, request.IsPublished));
        Assert.Equal([(Step.Report, request.ReportedAt), (Step.Import, _town.Clock.Now.ToUniversalTime())], request.Events.Select(e => (e.Step, e.At)));
        Assert.Contains("微信", request.Events[1].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_open_runs_from_now_on_and_what_is_closed_runs_no_more()
    {
        await RunAsync("1,井盖,井盖坏了,2020-01-01 00:00:00,,,,,", "2,井盖,井盖坏了,2020-01-01 00:00:00,,水务公司,在办,,", "3,井盖,井盖坏了,2020-01-01 00:00:00,,水务公司,办结,,");

        var reported = await OneAsync("1");
        Assert.Equal([ClockKind.Dispatch], reported.Clocks.Select(c => c.Kind));
        Assert.All(reported.Clocks, c => Assert.Equal(_town.Clock.Now.ToUniversalTime(), c.StartedAt));
        var inHand = await OneAsync("2");
        Assert.Equal(RequestState.InHand, inHand.State);
        Assert.NotNull(inHand.NextDueAt);
        Assert.NotNull(inHand.LeadOrganisationId);
        var closed = await OneAsync("3");
        Assert.Equal((RequestState.Closed, closed.ReportedAt), (closed.State, closed.ClosedAt));
        Assert.Empty(closed.Clocks);
        Assert.Equal("原系统：水务公司已办结", closed.Events[^1].InternalText);
    }

    [Fact]
    public async Task Organisations_that_are_not_here_come_along_without_getting_work()
    {
        var report = await RunAsync("1,a,b,2020-01-01 00:00:00,,老水务公司,办结,,", "2,a,b,2020-01-01 00:00:00,,老水务公司,办结,,", "3,a,b,2020-01-01 00:00:00,,老城管局,办结,,");
        Assert.Equal(["老城管局", "老水务公司"], report.NewOrganisations);
        var organisations = await _town.InScopeAsync((LinliDb db) => db.Set<Organisation>().Where(o => o.Code.StartsWith("old-hotline-")).OrderBy(o => o.Name).ToListAsync());
        Assert.Equal([("老城管局", OrganisationKind.Department, false), ("老水务公司", OrganisationKind.Utility, false)], organisations.Select(o => (o.Name, o.Kind, o.IsActive)));
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_takes_only_what_is_new()
    {
        string[] rows = [.. Enumerable.Range(0, 1_200).Select(i => $"{i},路灯,路灯不亮 {i},2024/3/5 8:00:00,,,,,")];
        Assert.Equal((1_200, 0), Counts(await RunAsync(rows)));
        var before = await FingerprintAsync();

        Assert.Equal((0, 1_200), Counts(await RunAsync(rows)));
        Assert.Equal(before, await FingerprintAsync());
        Assert.Equal((1, 1_200), Counts(await RunAsync([.. rows, "new,路灯,又坏了,2024/3/6 8:00:00,,,,,"])));
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        var before = await FingerprintAsync();
        var report = await RunAsync(isDryRun: true, "1,路灯,路灯不亮,2024/3/5 8:00:00,,新单位,办结,,", "2,井盖,x,坏时间,,,,,");
        Assert.Equal((1, 1, 1), (report.Imported, report.Rejected.Count, report.NewOrganisations.Count));
        Assert.Equal([(RequestState.Closed, 1)], report.ByState);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task A_crash_in_the_middle_leaves_nothing_and_the_import_can_simply_be_run_again()
    {
        string[] rows = [.. Enumerable.Range(0, 1_500).Select(i => $"{i},路灯,路灯不亮 {i},2024/3/5 8:00:00,,新单位,办结,,")];
        var before = await FingerprintAsync();
        var crash = new Crash(at: 1_000);
        await Assert.ThrowsAsync<IOException>(() => _town.InScopeAsync((ImportRequests import) => import.RunAsync(Write(rows), Mapping, false, crash)));

        Assert.True(crash.Happened);
        Assert.Equal(before, await FingerprintAsync());
        Assert.Equal((1_500, 0), Counts(await RunAsync(rows)));
    }

    [Fact]
    public async Task Bad_rows_are_named_with_their_reason_and_good_ones_come_in()
    {
        var report = await RunAsync(
            ",a,b,2024/3/5 8:00:00,,,,,",
            "2,,-,2024/3/5 8:00:00,,,,,",
            "3,a,b,前天,,,,,",
            "4,a,b,2099/1/1 0:00:00,,,,,",
            "5,a,b,2024/3/5 8:00:00,,,在办,,",
            "6,a,b,2024/3/5 8:00:00,,,,很多,",
            "7,a,b,2024/3/5 8:00:00",
            $"8,a,{new string('长', 8_001)},2024/3/5 8:00:00,,,,,",
            "9,a,b,2024/3/5 8:00:00,,,,,",
            "9,a,b,2024/3/5 8:00:00,,,,,",
            $"{new string('x', 101)},a,b,2024/3/5 8:00:00,,,,,",
            "12,'; drop table requests_service_request; --,<script>alert(1)</script> 👩‍🌾\0,2024-03-05T08:00:00+08:00,,,,,");
        Assert.Equal(2, report.Imported);
        Assert.Equal(
            ["没有编号。", "没有正文。", "时间“{0}”不是约定的格式：{1}。", "时间 {0} 在将来。", "没有承办单位，不能是“{0}”。", "“{0}”不是人数。", "这一行有 {0} 列，表头有 {1} 列。",
             "正文有 {0} 个字，最多 {1} 个字。", "编号 {0} 在第 {1} 行已经有了。", "编号有 {0} 个字符，最多 {1} 个。"],
            report.Rejected.Select(r => r.Problem.Message));
        Assert.Equal("<script>alert(1)</script> 👩‍🌾", (await OneAsync("12")).Text);
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero), (await OneAsync("12")).ReportedAt);
    }

    [Fact]
    public async Task A_workbook_is_taken_like_text()
    {
        var path = Path.Combine(_folder.FullName, "looks-like.csv");
        Workbook.Write(path, "诉求", [.. Header.Split(',')],
            [77d, "井盖", "井盖丢了", new DateTime(2024, 3, 5, 8, 0, 0), "老城区", "-", "", 3d, "微信"], ["78", "井盖", "又丢了", "2024/3/6 9:30:00", "", "", "", "", ""]);
        Assert.Equal((2, 0), Counts(await RunFileAsync(path)));
        Assert.Equal((4, "140427100", new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero)), ((await OneAsync("77")).Supporters, (await OneAsync("77")).AreaCode, (await OneAsync("77")).ReportedAt));
    }

    [Fact]
    public async Task Two_imports_of_one_file_at_once_write_it_once()
    {
        var path = Write([.. Enumerable.Range(0, 600).Select(i => $"{i},路灯,路灯不亮 {i},2024/3/5 8:00:00,,,,,")]);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => _town.InScopeAsync((ImportRequests import) => import.RunAsync(path, Mapping, false)))));
        Assert.Equal(600, both.Where(o => o.Succeeded).Sum(o => o.Value.Imported));
        Assert.All(both.Where(o => !o.Succeeded), o => Assert.Equal("import_overtaken", o.Failure!.Code));
        Assert.Equal(600, await _town.InScopeAsync((LinliDb db) => db.Set<ServiceRequest>().CountAsync(r => r.ExternalSource == "old-hotline")));
    }

    [Fact]
    public async Task A_row_without_an_area_gets_the_one_that_its_address_or_its_words_plainly_name()
    {
        var reading = Mapping with { Address = RowTemplate.Of("{来源}"), Area = Mapping.Area with { Find = [RowTemplate.Of("{标题}。{内容}")] } };
        var path = Write(
            "1,路灯,路灯不亮,2024/3/5 8:00:00,,,,,桥上乡红豆峡村口", "2,路灯,程村路灯不亮三天了,2024/3/5 8:00:00,,,,,", "3,路灯,县住建局说洪掌村的路灯不归他们管,2024/3/5 8:00:00,,,,,",
            "4,路灯,程村路灯不亮,2024/3/5 8:00:00,老城区,,,,城北社区");
        await _town.InScopeAsync((ImportRequests import) => import.RunAsync(path, reading, false));
        Assert.Equal("140427105201", (await OneAsync("1")).AreaCode);
        Assert.Equal("140427100207", (await OneAsync("2")).AreaCode);
        Assert.Equal("140427", (await OneAsync("3")).AreaCode); // two have this name
        Assert.Equal("140427100", (await OneAsync("4")).AreaCode); // the mapping's table goes before
    }

    [Fact]
    public async Task A_mapping_that_names_what_is_not_here_is_refused_as_a_whole()
    {
        var wrong = Mapping with { ServiceType = Mapping.ServiceType with { Default = "no-such-type" }, Area = new AreaMapping { Default = "999999" } };
        var refused = await _town.InScopeAsync((ImportRequests import) => import.RunAsync(Write("1,a,b,2024/3/5 8:00:00,,,,,"), wrong, false));
        Assert.Equal("映射里的事项代码在事项目录里没有：{0}。请先导入事项目录，或修改映射。", ((Failure.Invalid)refused.Failure!).Problems[0].Message);
    }

    [Fact]
    public async Task A_mapping_file_with_a_mistake_is_refused_with_its_place()
    {
        var path = Path.Combine(_folder.FullName, "m.json");
        await File.WriteAllTextAsync(path, "{ \"nameZh\": \"x\", \"colour\": 1 }");
        var fault = ((Failure.Invalid)(await ImportMapping.LoadAsync(path, default)).Failure!).Problems[0];
        Assert.StartsWith("映射 {0}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Values, v => $"{v}".Contains("Linli.", StringComparison.Ordinal) || $"{v}".Contains("System.", StringComparison.Ordinal));
        Assert.StartsWith("没有映射文件", ((Failure.Invalid)(await ImportMapping.LoadAsync("../secrets", default)).Failure!).Problems[0].Message, StringComparison.Ordinal);
    }

    private static (int Imported, int Known) Counts(ImportReport report) => (report.Imported, report.Known);

    private Task<ImportReport> RunAsync(params string[] rows) => RunAsync(isDryRun: false, rows);

    private Task<ImportReport> RunAsync(bool isDryRun, params string[] rows) => RunFileAsync(Write(rows), isDryRun);

    private async Task<ImportReport> RunFileAsync(string path, bool isDryRun = false) =>
        (await _town.InScopeAsync((ImportRequests import) => import.RunAsync(path, Mapping, isDryRun))).Value;

    private string Write(params string[] rows)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, $"{Header}\n{string.Join('\n', rows)}\n", new UTF8Encoding(true));
        return path;
    }

    private Task<ServiceRequest> OneAsync(string externalId) => _town.InScopeAsync((LinliDb db) => db.Set<ServiceRequest>().AsNoTracking()
        .Include(r => r.Events.OrderBy(e => e.Sequence)).Include(r => r.Clocks).SingleAsync(r => r.ExternalSource == "old-hotline" && r.ExternalId == externalId));

    private Task<(int, int, int, int, int)> FingerprintAsync() => _town.InScopeAsync(async (LinliDb db) => (
        await db.Set<ServiceRequest>().CountAsync(), await db.Set<RequestEvent>().CountAsync(), await db.Set<Organisation>().CountAsync(),
        await db.Set<AuditEntry>().CountAsync(), await db.Set<OutboxMessage>().CountAsync()));

    private sealed class Crash(int at) : IProgress<ImportProgress>
    {
        public bool Happened { get; private set; }

        public void Report(ImportProgress value)
        {
            if (value.Phase == ImportPhase.Writing && value.Done >= at)
            {
                Happened = true;
                throw new IOException("power cut");
            }
        }
    }
}
