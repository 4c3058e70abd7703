using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests.Accounts;

public sealed class SessionTests
{
    [Fact]
    public async Task Without_a_call_a_session_ends_after_half_an_hour_and_with_calls_after_twelve()
    {
        var usual = new AccountsOptions();
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(12)), (usual.Idle, usual.Longest));
        await using var town = await TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        for (var i = 0; i < 24; i++)
        {
            town.Clock.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        }

        town.Clock.Advance(TimeSpan.FromMinutes(26));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));

        using var idle = await town.SignedInAsync("dispatcher");
        town.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(idle));
    }

    [Fact]
    public async Task The_list_shows_every_device_and_one_of_them_can_be_signed_out()
    {
        await using var town = await TownAsync();
        using var phone = await SignedInAsync(town, "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0");
        town.Clock.Advance(TimeSpan.FromMinutes(5));
        using var desk = await SignedInAsync(town, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0");

        var list = (await desk.GetFromJsonAsync<List<ShownSession>>("/api/me/sessions", Json.Plain))!;
        Assert.Equal(["Edge · Windows", "WeChat · Android"], list.Select(s => s.Device));
        Assert.Equal([true, false], list.Select(s => s.IsThis));
        Assert.Contains("WeChat · Android", await desk.GetStringAsync("/me/sessions"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await desk.PostFormAsync($"/me/sessions/{list[1].Id}/end")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(phone));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(desk));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.DeleteAsync($"/api/me/sessions/{list[1].Id}")).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_somebody_elses_session()
    {
        await using var town = await TownAsync();
        using var dispatcher = await town.SignedInAsync("dispatcher");
        using var plumber = await town.SignedInAsync("plumber");
        var session = (await dispatcher.GetFromJsonAsync<List<ShownSession>>("/api/me/sessions", Json.Plain))!.Single().Id;

        Assert.Equal(HttpStatusCode.NotFound, (await plumber.DeleteAsync($"/api/me/sessions/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(dispatcher));
    }

    [Fact]
    public async Task All_others_end_and_this_one_stays()
    {
        await using var town = await TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        using var desk = await town.SignedInAsync("dispatcher");
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DeleteAsync("/api/me/sessions/others")).StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(phone), await StatusAsync(desk)));
    }

    [Fact]
    public async Task An_administrator_ends_all_sessions_of_a_person()
    {
        await using var town = await TownAsync();
        using var admin = await town.SignedInAsync("admin");
        using var phone = await town.SignedInAsync("dispatcher");
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync($"/admin/people/{await town.IdAsync("dispatcher")}/sessions/end")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(phone));
    }

    [Fact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_signing_out()
    {
        await using var town = await TownAsync();
        using var client = await town.ClientAsync();
        var (first, _) = await TicketAsync(client);
        using var thief = await town.ClientAsync();
        thief.DefaultRequestHeaders.Add("Cookie", first);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(thief));

        client.DefaultRequestHeaders.Add("X-Linli", "1");
        await client.DeleteAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief));
    }

    [Fact]
    public async Task Signing_in_gives_a_new_ticket_and_ends_the_one_that_was_there_before()
    {
        await using var town = await TownAsync();
        using var client = await town.ClientAsync();
        var (planted, _) = await TicketAsync(client);
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        var (own, _) = await TicketAsync(client);

        Assert.NotEqual(planted, own);
        using var attacker = await town.ClientAsync();
        attacker.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(attacker));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
    }

    [Fact]
    public async Task The_owner_is_told_of_a_new_device_and_of_a_changed_password()
    {
        await using var town = await TownAsync();
        using var first = await town.SignedInAsync("dispatcher");
        Assert.Empty(await NoticesAsync(town));
        await first.DeleteAsync("/api/session");
        await first.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        Assert.Empty(await NoticesAsync(town));   // the same device is no news

        using var second = await town.SignedInAsync("dispatcher");
        Assert.StartsWith("您的账号刚刚在一台新设备上登录", Assert.Single(await NoticesAsync(town)), StringComparison.Ordinal);

        await second.PutAsJsonAsync("/api/me/password", new { old = Staff.Password, password = "a sentence to remember" });
        Assert.StartsWith("您的密码已修改", (await NoticesAsync(town))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sensitive_asks_for_the_password_again_after_ten_minutes_and_keeps_what_was_typed()
    {
        await using var town = await TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var plumber = await town.IdAsync("plumber");
        town.Clock.Advance(TimeSpan.FromMinutes(11));

        var asked = await admin.PostFormAsync($"/admin/people/{plumber}", ("name", "卜抢修"), ("email", "bu@example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        var page = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        Assert.All(new[] { "value=\"bu@example.com\"", "修改人员资料", "不做了，返回" }, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<linli-passkey", page, StringComparison.Ordinal);   // has none
        Assert.Contains("confirmation_needed", await (await admin.PutAsJsonAsync($"/api/people/{plumber}/code", new { })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var wrong = await admin.PostFormAsync($"/admin/people/{plumber}", ("name", "卜抢修"), ("confirm", "not the password"), ("confirm-back", "/admin/people"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        page = WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync());
        Assert.All(new[] { "还没有继续", "密码不对", "href=\"/admin/people\"" }, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("需要修改", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync($"/admin/people/{plumber}", ("name", "卜抢修"), ("email", "bu@example.com"), ("confirm", Staff.Password))).StatusCode);
        Assert.Equal("bu@example.com", (await town.InScopeAsync((ReadPeople read) => read.ListAsync("plumber", null, 1, default))).Items[0].Email);
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync($"/api/people/{plumber}/code", new { })).StatusCode);

        town.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PutAsJsonAsync("/api/me/confirmation", new { password = Staff.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync($"/api/people/{plumber}/code", new { })).StatusCode);
    }

    [Fact]
    public async Task Rows_of_sessions_that_ended_long_ago_go()
    {
        await using var town = await TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        town.Clock.Advance(TimeSpan.FromDays(400));
        await town.InScopeAsync((ReadSessions read) => read.PruneAsync(CancellationToken.None));
        Assert.Equal((0, 0), await town.ReadAsync(async db => (await db.Set<AccountSession>().CountAsync(), await db.Set<AccountDevice>().CountAsync())));
    }

    [Fact]
    public async Task No_more_devices_are_remembered_than_may_guess_for_themselves()
    {
        await using var town = await TownAsync();
        for (var i = 0; i < AccountDevice.Most + 2; i++)
        {
            using var client = await town.SignedInAsync("dispatcher");
            town.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(AccountDevice.Most, await town.ReadAsync(db => db.Set<AccountDevice>().CountAsync()));
    }

    private static Task<Town> TownAsync() => Staff.TownAsync(new TownOptions
    {
        Adjust = b => b.Services.Configure<AccountsOptions>(o => (o.Idle, o.Longest) = (new AccountsOptions().Idle, new AccountsOptions().Longest)),
    });

    private static async Task<HttpClient> SignedInAsync(Town town, string userAgent)
    {
        var client = await town.ClientAsync();
        client.DefaultRequestHeaders.Add("User-Agent", userAgent);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password })).StatusCode);
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        return client;
    }

    private static async Task<(string Cookie, HttpResponseMessage Answer)> TicketAsync(HttpClient client)
    {
        var answer = await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.GetValues("Set-Cookie").Last(c => c.StartsWith("linli.auth=", StringComparison.Ordinal)).Split(';')[0], answer);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client) => (await client.GetAsync("/api/session")).StatusCode;

    private static Task<List<string>> NoticesAsync(Town town) => town.ReadAsync(db => db.Set<Notice>().OrderBy(n => n.Id).Select(n => n.Text).ToListAsync());
}
