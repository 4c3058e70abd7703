using System.Net;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Import.Assistant;
using Linli.Shell.Accounts;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Import;

/// <summary>The assistant: columns guessed, every wrong cell named, the right rows imported in the background, and taken back within a day.</summary>
public sealed class AssistantTests
{
    private const string Organisations = "壶关县单位一览表,,\n单位代码,单位名称,单位类型,上级单位\nnew-1,新设一局,部门,\nnew-2,新设二科,部门,新设一局\nnew-3,没有类型,火星,\n";

    [Fact]
    public async Task Organisations_below_a_title_line_are_guessed_checked_imported_and_undone()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        var draft = await BeginAsync(administrator, "organisations", Organisations);
        Assert.Equal("单位名称", draft.GetProperty("columns").GetProperty("name").GetString());
        var flaw = Assert.Single(draft.GetProperty("flaws").EnumerateArray());
        Assert.Equal((5, "单位类型"), (flaw.GetProperty("row").GetInt32(), flaw.GetProperty("column").GetString()));
        Assert.Contains("火星", flaw.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(town));

        var done = await RunAsync(town, administrator, draft);
        Assert.Equal(("done", 2, 1), (done.GetProperty("state").GetString(), done.GetProperty("imported").GetInt32(), done.GetProperty("rejected").GetInt32()));
        Assert.Equal(2, await CountAsync(town));
        var wrong = (await administrator.GetAsync($"/api/imports/{IdOf(draft)}/rejected")).Text;
        Assert.Contains("new-3,没有类型,火星", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("new-1", wrong, StringComparison.Ordinal);

        var undone = (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo")).Json();
        Assert.Equal((2, 0), (undone.GetProperty("undone").GetInt32(), undone.GetProperty("left").GetArrayLength()));
        Assert.Equal(0, await CountAsync(town));
    }

    [Fact]
    public async Task What_was_touched_since_stays_and_after_a_day_nothing_can_be_undone()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, "organisations", Organisations);
        await RunAsync(town, administrator, draft);
        await town.InScopeAsync(async (LinliDb db) =>
        {
            (await db.Set<Organisation>().SingleAsync(o => o.Code == "new-2")).ShortName = "二科";
            await db.CommitAsync(Act.BySystem("test.touch", town.Clock.Now));
        });

        var undone = (await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo")).Json();
        Assert.Equal(0, undone.GetProperty("undone").GetInt32());   // the one above it has it below
        Assert.Equal(2, undone.GetProperty("left").GetArrayLength());

        var second = await BeginAsync(administrator, "organisations", "单位代码,单位名称,单位类型\nnew-9,新设九局,部门\n");
        await RunAsync(town, administrator, second);
        town.Clock.Advance(TimeSpan.FromHours(25));
        using var tomorrow = await town.HttpAsync("guanli");
        Assert.Equal(HttpStatusCode.Conflict, (await tomorrow.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(second)}/undo")).Status);
    }

    [Fact]
    public async Task Requests_from_a_workbook_get_type_and_area_and_are_undone_while_nobody_has_looked()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var path = Path.Combine(town.Store.Data.Path, "a.xlsx");
        Workbook.Write(path, "表", ["诉求台账", "", "", "", ""], ["工单编号", "诉求内容", "受理时间", "反映人", "联系电话"], ["A-1", "城南社区卫生站对面的路灯不亮", "2026-02-01 08:00", "李四", "13900000001"], ["A-2", "垃圾没人收", "明天", "", ""]);

        var draft = await BeginAsync(administrator, "requests", await File.ReadAllBytesAsync(path), "台账.xlsx");
        var flaw = Assert.Single(draft.GetProperty("flaws").EnumerateArray());
        Assert.Equal((4, "受理时间"), (flaw.GetProperty("row").GetInt32(), flaw.GetProperty("column").GetString()));
        await RunAsync(town, administrator, draft);

        var request = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Contact).SingleAsync());
        Assert.Equal(("street-lamp", "A-1", Channel.Import), (request.ServiceTypeCode, request.ExternalId, request.Channel));
        Assert.DoesNotContain("13900000001", await StoreContents.ReadAsync(town), StringComparison.Ordinal);

        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo");
        Assert.Equal(0, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
    }

    [Fact]
    public async Task Staff_pasted_from_Excel_become_accounts_with_posts_and_one_who_signed_in_is_not_undone()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var page = await administrator.PostFormAsync("/admin/imports", ("kind", "Staff"), ("pasted", "登录名\t姓名\t岗位\t手机\nxin.yi\t新一\t派单员\t13900000002\nxin.er\t新二\t船长\t\n"));
        Assert.Contains("船长", page.Text, StringComparison.Ordinal);
        var draft = (await administrator.GetAsync("/api/imports")).Json()[0];
        await RunAsync(town, administrator, draft);

        var account = await town.ReadAsync(db => db.Set<Account>().AsNoTracking().SingleAsync(a => a.UserName == "xin.yi"));
        Assert.Equal(Role.Dispatcher, await town.ReadAsync(db => db.Set<Appointment>().Where(a => a.AccountId == account.Id).Select(a => a.Role).SingleAsync()));
        Assert.DoesNotContain("13900000002", await StoreContents.ReadAsync(town), StringComparison.Ordinal);
        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/undo");
        Assert.Equal(0, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.UserName == "xin.yi")));
    }

    [Fact]
    public async Task The_same_file_again_is_said_a_mapping_is_remembered_and_all_or_nothing_leaves_nothing()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        const string odd = "单位代码,甲,乙\nnew-1,新设一局,部门\nnew-2,,部门\n";
        var draft = await BeginAsync(administrator, "organisations", odd);
        Assert.False(draft.GetProperty("columns").TryGetProperty("name", out _));
        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/columns", new { columns = new { code = "单位代码", name = "甲", kind = "乙" } });
        var failed = await RunAsync(town, administrator, draft, allOrNothing: true);
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.Equal(0, await CountAsync(town));

        var again = await BeginAsync(administrator, "organisations", odd);
        Assert.Equal("甲", again.GetProperty("columns").GetProperty("name").GetString());
        Assert.Equal("done", (await RunAsync(town, administrator, again)).GetProperty("state").GetString());
        var third = await BeginAsync(administrator, "organisations", odd);
        Assert.True(third.TryGetProperty("sameAt", out _));
    }

    [Fact]
    public async Task What_is_no_table_is_refused_in_words_and_nobody_else_s_import_is_there()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(administrator, "organisations", [1, 2, 0, 0, 255])).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(administrator, "organisations", [])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync($"/api/imports/{Guid.NewGuid()}")).Status);
        using var dispatcher = await town.HttpAsync("paidan");
        Assert.Equal(HttpStatusCode.Forbidden, (await dispatcher.GetAsync("/api/imports")).Status);
    }

    internal static async Task<JsonElement> RunAsync(Town town, Visitor administrator, JsonElement draft, bool allOrNothing = false)
    {
        var started = await administrator.SendJsonAsync(HttpMethod.Put, $"/api/imports/{IdOf(draft)}/start", new { allOrNothing });
        Assert.Equal(HttpStatusCode.OK, started.Status);
        await town.Services.GetRequiredService<RunImports>().RunAsync(CancellationToken.None);
        return (await administrator.GetAsync($"/api/imports/{IdOf(draft)}")).Json();
    }

    internal static Task<JsonElement> BeginAsync(Visitor administrator, string kind, string text) => BeginAsync(administrator, kind, Encoding.UTF8.GetBytes(text), "a.csv");

    internal static async Task<JsonElement> BeginAsync(Visitor administrator, string kind, byte[] content, string name)
    {
        var begun = await SendAsync(administrator, kind, content, name);
        return begun.Status == HttpStatusCode.Created ? begun.Json() : throw new InvalidOperationException(begun.Text);
    }

    internal static Task<Answer> SendAsync(Visitor administrator, string kind, byte[] content, string name = "a.csv") =>
        administrator.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost/api/imports?rows={kind}&name={Uri.EscapeDataString(name)}")) { Content = new ByteArrayContent(content) });

    internal static string IdOf(JsonElement draft) => draft.GetProperty("id").GetString()!;

    private static Task<int> CountAsync(Town town) => town.ReadAsync(db => db.Set<Organisation>().CountAsync(o => o.Code.StartsWith("new-")));
}
