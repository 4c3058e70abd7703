using System.Net;
using Linli.Requests;
using Linli.Shell.Accounts;
using Linli.Shell.Residents;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Attacks.Sessions;

/// <summary>
/// What was captured is sent a second time, with the cookies of that moment. (Codes of administrators, invitations, codes of an app and proofs of
/// work are tried twice beside what they belong to: PeopleTests, InvitationTests, SecondFactorTests, FloodTests.)
/// </summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_of_a_passkey_signs_in_once(bool confirms)
    {
        await using var town = await Town.FoundAsync();
        using var owner = await town.HttpAsync("shizheng");
        using var key = await owner.AddPasskeyAsync();
        using var browser = confirms ? owner : await town.HttpAsync();
        var (ask, send, method) = confirms ? ("/api/me/confirmation/passkey/options", "/api/me/confirmation/passkey", HttpMethod.Put) : ("/api/session/passkey/options", "/api/session/passkey", HttpMethod.Post);
        var body = new { credential = key.Sign((await browser.SendJsonAsync(HttpMethod.Post, ask)).Json()) };
        var captured = browser.Cookies.ToDictionary();
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendPasskeyAsync(method, send, body)).Status);

        using var thief = await town.HttpAsync();
        thief.Plant(captured);
        var again = await thief.SendPasskeyAsync(method, send, body);

        Assert.Equal((HttpStatusCode.Conflict, "passkey_refused"), (again.Status, again.ProblemCode));
        Assert.Equal(confirms ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/session")).Status);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<Kernel.AuditEntry>().CountAsync(e => e.Verb == (confirms ? "shell.use-passkey-refused" : "shell.sign-in-refused"))));
    }

    [Fact]
    public async Task A_sent_code_works_once_also_with_the_cookie_of_the_device_that_asked()
    {
        await using var town = await SmsTown.FoundAsync();
        using var resident = await town.HttpAsync();
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "13800138000" });
        var (code, captured) = (await town.NextCodeAsync(), resident.Cookies.ToDictionary());
        Assert.Equal(HttpStatusCode.NoContent, (await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code })).Status);

        using var thief = await town.HttpAsync();
        thief.Plant(captured);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await thief.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code })).Status);
    }

    [Fact]
    public async Task A_changed_telephone_number_ends_every_other_sign_in_of_the_resident()
    {
        await using var town = await SmsTown.FoundAsync();
        using var resident = await town.HttpAsync();
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "13800138000" });
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code = await town.NextCodeAsync() });
        using var thief = await town.HttpAsync();
        thief.Plant(resident.Cookies);
        Assert.Equal(HttpStatusCode.OK, (await thief.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);

        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/contact", new { to = "13900139000" });
        var changed = await resident.SendJsonAsync(HttpMethod.Put, "/api/resident/contact", new { code = await town.NextCodeAsync() });

        Assert.Equal(HttpStatusCode.NoContent, changed.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);
        Assert.Contains("139****9000", (await resident.SendJsonAsync(HttpMethod.Get, "/api/resident")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<Resident>().CountAsync()));
    }

    [Fact]
    public async Task A_half_sign_in_ends_with_a_new_password()
    {
        await using var town = await Town.FoundAsync();
        using var owner = await town.HttpAsync("shizheng");
        var (secret, _) = await town.SetUpAppAsync(owner);
        using var thief = await town.HttpAsync();
        Assert.Equal("second_factor_needed", (await thief.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = "shizheng", password = Town.Password })).ProblemCode);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.SendJsonAsync(HttpMethod.Put, "/api/me/password", new { old = Town.Password, password = "一句只有自己记得的话 7" })).Status);

        Assert.Equal("sign_in_over", (await thief.SendJsonAsync(HttpMethod.Post, "/api/session/second", new { code = town.CodeNow(secret) })).ProblemCode);
    }

    /// <summary>Programs may make up keys that others guess: a key alone brings nobody the receipt, which holds the secret code.</summary>
    [Fact]
    public async Task The_idempotency_key_of_somebody_else_brings_no_receipt_and_no_code()
    {
        await using var town = await Town.FoundAsync();
        using var owner = await town.HttpAsync("wangge1");
        using var colleague = await town.HttpAsync("paidan");
        using var nobody = await town.HttpAsync();
        const string key = "2026-03-02-00000001";
        var own = Report("楼道灯坏了三天", key);
        var code = (await owner.SendJsonAsync(HttpMethod.Post, "/api/requests", own)).Json().GetProperty("secretCode").GetString()!;
        var number = (await nobody.SendJsonAsync(HttpMethod.Post, "/api/requests", Report("水管漏了", key))).Json().GetProperty("number").GetString()!;
        var anonymous = (await nobody.SendJsonAsync(HttpMethod.Post, "/api/requests", Report("水管漏了", key))).Json().GetProperty("secretCode").GetString()!;

        using var guesser = await town.HttpAsync();
        foreach (var (who, path, body) in new (Visitor, string, object)[]
        {
            (colleague, "/api/requests", own),
            (guesser, "/api/requests", Report("楼道灯坏了三天", key)),
            (guesser, "/api/requests", new { serviceType = "old-estate", idempotencyKey = key }),
            (guesser, $"/api/requests/{number}/joins", new { text = "我家也是", idempotencyKey = key }),
            (guesser, $"/api/requests/{number}/joins", new { idempotencyKey = key }),
        })
        {
            var answer = await who.SendJsonAsync(HttpMethod.Post, path, body);
            Assert.DoesNotContain(code, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(anonymous, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(3, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync())); // the colleague's own one
        Assert.Equal(code, (await owner.SendJsonAsync(HttpMethod.Post, "/api/requests", own)).Json().GetProperty("secretCode").GetString());
    }

    private static object Report(string text, string key) => new { serviceType = "old-estate", text, place = new { area = "140427100001" }, idempotencyKey = key };
}
