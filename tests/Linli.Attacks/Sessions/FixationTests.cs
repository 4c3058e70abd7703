using System.Net;
using Linli.Shell.Accounts.Sessions;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Sessions;

/// <summary>
/// Session fixation: somebody puts cookies into the victim's browser, keeps a copy, and waits until the victim has shown who they are. Afterwards
/// the copy is worth no more than before, by whichever way the victim came in or confirmed.
/// </summary>
public sealed class FixationTests
{
    /// <summary>Of the victim's account; the attacker has one of their own and signs in with it.</summary>
    private const string Victim = "shizheng", Attacker = "wangge1";

    private const string NewPassword = "一句只有自己记得的话 7";

    public static TheoryData<string> WaysIn => ["password", "page", "one-time code", "invitation", "authenticator", "recovery code", "passkey", "sent code", "new password"];

    [Theory]
    [MemberData(nameof(WaysIn))]
    public async Task What_was_planted_before_is_not_what_is_held_afterwards(string way)
    {
        await using var town = await SmsTown.FoundAsync();
        using var browser = await town.HttpAsync();
        var go = await PrepareAsync(town, browser, way);
        using var attacker = way == "new password" ? await town.HttpAsync(browser) : await town.HttpAsync(Attacker);
        var planted = attacker.Cookies.ToDictionary();
        Assert.Contains(SessionTicket.Cookie, planted);
        browser.Plant(planted);

        await go();

        Assert.NotEqual(planted[SessionTicket.Cookie], browser.Cookies[SessionTicket.Cookie]);
        Assert.Equal(HttpStatusCode.OK, (await WhoAsync(browser, way)).Status);
        using var copy = await town.HttpAsync();
        copy.Plant(planted);
        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.GetAsync("/api/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);
        if (way is not ("sent code" or "new password"))
        {
            // A known device has guesses of its own and signs in without a word to the owner: not with the attacker's copy of its key.
            Assert.NotEqual(DeviceOf(town, planted), DeviceOf(town, browser.Cookies));
            var copied = DeviceOf(town, planted);
            Assert.Equal(0, await town.Town.ReadAsync(db => db.Set<AccountDevice>().CountAsync(d => d.DeviceId == copied)));
        }
    }

    [Theory]
    [InlineData("password")]
    [InlineData("passkey")]
    [InlineData("form")]
    public async Task A_copy_of_the_cookie_does_not_become_confirmed_with_its_owner(string by)
    {
        await using var town = await Town.FoundAsync();
        using var owner = await town.HttpAsync("guanli");
        using var key = by == "passkey" ? await owner.AddPasskeyAsync() : null;
        var stolen = owner.Cookies.ToDictionary();
        town.Clock.Advance(TimeSpan.FromMinutes(11));

        if (by == "form")
        {
            await owner.PostFormAsync("/admin/people/invitations", ("name", "李小娜"), ("confirm", Town.Password));
        }
        else if (key is null)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await owner.SendJsonAsync(HttpMethod.Put, "/api/me/confirmation", new { password = Town.Password })).Status);
        }
        else
        {
            var asked = (await owner.SendJsonAsync(HttpMethod.Post, "/api/me/confirmation/passkey/options")).Json();
            Assert.Equal(HttpStatusCode.NoContent, (await owner.SendPasskeyAsync(HttpMethod.Put, "/api/me/confirmation/passkey", new { credential = key.Sign(asked) })).Status);
        }

        using var thief = await town.HttpAsync();
        thief.Plant(stolen);
        Assert.NotEqual(stolen[SessionTicket.Cookie], owner.Cookies[SessionTicket.Cookie]);
        Assert.Equal("confirmation_needed", (await InviteAsync(thief)).ProblemCode);
        Assert.Equal(HttpStatusCode.Created, (await InviteAsync(owner)).Status);
    }

    [Fact]
    public async Task Colleagues_at_one_computer_stay_known_to_it_one_after_the_other()
    {
        await using var town = await Town.FoundAsync();
        using var desk = await town.HttpAsync("paidan");
        foreach (var login in new[] { "shizheng", "paidan", "shizheng", "paidan" })
        {
            await desk.SendJsonAsync(HttpMethod.Post, "/api/session", new { login, password = Town.Password });
        }

        var own = DeviceOf(town, desk.Cookies);
        Assert.Equal(2, await town.ReadAsync(db => db.Set<AccountDevice>().CountAsync(d => d.DeviceId == own)));
        Assert.Equal(2, await town.ReadAsync(db => db.Set<AccountDevice>().CountAsync()));
    }

    /// <summary>Prepares what the way needs, with other browsers; what comes back is what the victim does in the planted one.</summary>
    private static async Task<Func<Task>> PrepareAsync(SmsTown town, Visitor browser, string way)
    {
        using var owner = await town.HttpAsync(Victim);
        switch (way)
        {
            case "password":
                return () => DoAsync(browser, "/api/session", new { login = Victim, password = Town.Password });
            case "page":
                return () => browser.PostFormAsync("/sign-in", ("login", Victim), ("password", Town.Password));
            case "one-time code":
                using (var admin = await town.HttpAsync("guanli"))
                {
                    var id = (await owner.GetAsync("/api/session")).Json().GetProperty("id").GetGuid();
                    var code = (await admin.SendJsonAsync(HttpMethod.Put, $"/api/people/{id}/code")).Json().GetProperty("code").GetString();
                    return () => DoAsync(browser, "/api/session/code", new { login = Victim, code, password = NewPassword });
                }

            case "invitation":
                using (var admin = await town.HttpAsync("guanli"))
                {
                    var code = (await InviteAsync(admin)).Json().GetProperty("code").GetString();
                    return () => DoAsync(browser, "/api/session/invitation", new { code, login = "li.na", password = NewPassword });
                }

            case "authenticator" or "recovery code":
                var (secret, codes) = await town.Town.SetUpAppAsync(owner);
                return async () =>
                {
                    Assert.Equal("second_factor_needed", (await browser.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = Victim, password = Town.Password })).ProblemCode);
                    await DoAsync(browser, "/api/session/second", new { code = way == "authenticator" ? town.Town.CodeNow(secret) : codes[0] });
                };
            case "passkey":
                var key = await owner.AddPasskeyAsync();
                return async () => Assert.Equal(HttpStatusCode.NoContent, (await browser.SendPasskeyAsync(
                    HttpMethod.Post, "/api/session/passkey", new { credential = key.Sign((await browser.SendJsonAsync(HttpMethod.Post, "/api/session/passkey/options")).Json()) })).Status);
            case "sent code":
                return async () =>
                {
                    await DoAsync(browser, "/api/resident/code", new { to = "13800138000" });
                    await DoAsync(browser, "/api/resident/session", new { code = await town.NextCodeAsync() });
                };
            case "new password":
                await browser.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = Victim, password = Town.Password });
                return async () => Assert.Equal(HttpStatusCode.NoContent, (await browser.SendJsonAsync(HttpMethod.Put, "/api/me/password", new { old = Town.Password, password = NewPassword })).Status);
            default:
                throw new ArgumentOutOfRangeException(nameof(way), way, null);
        }
    }

    private static async Task DoAsync(Visitor browser, string path, object body)
    {
        var answer = await browser.SendJsonAsync(HttpMethod.Post, path, body);
        Assert.True((int)answer.Status is 200 or 204, $"{path}: {answer.Text}");
    }

    private static Task<Answer> WhoAsync(Visitor browser, string way) => browser.SendJsonAsync(HttpMethod.Get, way == "sent code" ? "/api/resident" : "/api/session");

    private static Task<Answer> InviteAsync(Visitor admin) => admin.SendJsonAsync(HttpMethod.Post, "/api/people/invitations", new { name = "李小娜", posts = new[] { new { role = "dispatcher", areaCode = "140427100" } } });

    private static Guid DeviceOf(Town town, IReadOnlyDictionary<string, string> cookies) =>
        Guid.Parse(town.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("linli.device.v1").Unprotect(cookies[VisitorDevice.Cookie]));
}
