using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests.Accounts;

public sealed class SecondFactorTests
{
    /// <summary>Appendix B of RFC 6238, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_norm(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_secret_is_shown_as_every_app_reads_it() =>
        Assert.Equal("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", Totp.Show(Encoding.ASCII.GetBytes("12345678901234567890")));

    [Fact]
    public async Task After_setting_it_up_a_password_alone_does_not_sign_in_any_more()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, codes) = await SetUpAsync(town, phone);
        Assert.Equal(10, codes.Distinct().Count());

        using var client = await ClientAsync(town);
        var half = await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        Assert.Equal(HttpStatusCode.Conflict, half.StatusCode);
        Assert.Contains("second_factor_needed", await half.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/session")).StatusCode);

        town.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now));
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/session/second", new { code })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task The_pages_lead_from_password_to_code_and_on_to_where_one_wanted_to_go()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, _) = await SetUpAsync(town, phone);

        using var client = await ClientAsync(town);
        var first = await client.PostFormAsync("/sign-in", ("login", "dispatcher"), ("password", Staff.Password), ("return", "/inbox"));
        Assert.Equal("/sign-in/second?return=%2Finbox", first.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(first.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostFormAsync("/sign-in/second", ("code", "000000"))).StatusCode);
        town.Clock.Advance(TimeSpan.FromSeconds(30));
        var done = await client.PostFormAsync("/sign-in/second", ("code", Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now))), ("return", "/inbox"));
        Assert.Equal("/inbox", done.Headers.Location!.OriginalString);
        Assert.Equal("/sign-in", (await client.GetAsync("/sign-in/second")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_code_works_once_and_an_earlier_one_not_after_a_later_one()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, _) = await SetUpAsync(town, phone);
        var used = Totp.StepAt(town.Clock.Now);

        Assert.False(await SignInAsync(town, Totp.CodeAt(secret, used)));       // used when it was set up
        Assert.True(await SignInAsync(town, Totp.CodeAt(secret, used + 1)));    // the telephone's clock is a little ahead
        Assert.False(await SignInAsync(town, Totp.CodeAt(secret, used + 1)));
        town.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.False(await SignInAsync(town, Totp.CodeAt(secret, used + 1)));
        Assert.False(await SignInAsync(town, Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now) + 2)));
        Assert.True(await SignInAsync(town, Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now))));
    }

    [Fact]
    public async Task Wrong_codes_have_to_wait()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, _) = await SetUpAsync(town, phone);
        for (var i = 0; i < 5; i++)
        {
            Assert.False(await SignInAsync(town, $"00000{i}"));
        }

        Assert.False(await SignInAsync(town, Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now) + 1)));
        town.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await SignInAsync(town, Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now))));
    }

    [Fact]
    public async Task Five_minutes_after_the_password_or_after_a_change_of_the_account_one_starts_again()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, _) = await SetUpAsync(town, phone);
        using var client = await ClientAsync(town);
        await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        town.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("sign_in_over", await SendAsync(client, secret, town), StringComparison.Ordinal);

        await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        await phone.DeleteAsync("/api/me/sessions");
        Assert.Contains("sign_in_over", await SendAsync(client, secret, town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_used_again_is_refused_written_down_and_told_to_its_owner()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (secret, _) = await SetUpAsync(town, phone);
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now));
        Assert.True(await SignInAsync(town, code));

        Assert.False(await SignInAsync(town, "000000"));
        Assert.DoesNotContain(await NoticesAsync(town), n => n.StartsWith("有人把您刚用过的动态码", StringComparison.Ordinal));
        Assert.False(await SignInAsync(town, code));

        Assert.Contains(await NoticesAsync(town), n => n.StartsWith("有人把您刚用过的动态码", StringComparison.Ordinal));
        Assert.Equal(2, await town.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Verb == "shell.second-factor-refused")));
    }

    [Fact]
    public async Task Recovery_codes_work_once_each_and_a_new_set_replaces_the_old_one()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        var (_, codes) = await SetUpAsync(town, phone);

        Assert.True(await SignInAsync(town, codes[3].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)));
        Assert.False(await SignInAsync(town, codes[3]));
        Assert.Equal(9, (await phone.GetFromJsonAsync<FactorState>("/api/me/second-factor", Json.Plain))!.RecoveryCodes);
        Assert.Contains(await NoticesAsync(town), n => n.StartsWith("有人用恢复码登录", StringComparison.Ordinal));

        var renewed = (await (await phone.PutAsync("/api/me/second-factor/recovery-codes", null)).Content.ReadFromJsonAsync<FactorAdded>(Json.Plain))!;
        Assert.False(await SignInAsync(town, codes[4]));
        Assert.True(await SignInAsync(town, renewed.RecoveryCodes[0]));
        Assert.DoesNotContain(await town.ReadAsync(db => db.Set<RecoveryCode>().Select(c => c.Hash).ToListAsync()), h => Encoding.Latin1.GetString(h).Contains(codes[0][..5], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database_and_its_picture_is_an_image_that_the_content_policy_allows()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        Assert.Equal(HttpStatusCode.Found, (await client.PostFormAsync("/me/second-factor/begin")).StatusCode);
        var page = await client.GetStringAsync("/me/second-factor");
        var shown = Regex.Match(page, "<code class=\"secret\">([A-Z2-7 ]+)</code>").Groups[1].Value;
        Assert.Equal(39, shown.Length);

        var picture = await client.GetAsync("/me/second-factor/picture.svg");
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.True(picture.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("style", await picture.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var kept = await town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == "dispatcher").Select(a => a.TotpPending).SingleAsync());
        Assert.DoesNotContain(shown.Replace(" ", "", StringComparison.Ordinal), kept, StringComparison.Ordinal);
        Assert.Null(await town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == "dispatcher").Select(a => a.TotpSecret).SingleAsync()));   // not in use before it is confirmed
        Assert.True(await SignInAsync(town, null));
    }

    [Fact]
    public async Task An_administrator_without_one_works_a_week_and_then_sets_one_up_before_anything_else()
    {
        await using var town = await TownWithRulesAsync();
        using var first = await town.SignedInAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/admin/people")).StatusCode);
        town.Clock.Advance(TimeSpan.FromDays(7));
        using var admin = await town.SignedInAsync("admin");

        var turned = await admin.GetAsync("/admin/people");
        Assert.Equal("/me/second-factor", turned.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/api/people")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/me/second-factor")).StatusCode);

        await SetUpAsync(town, admin);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin/people")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.DeleteAsync("/api/me/second-factor/authenticator")).StatusCode);
    }

    [Fact]
    public async Task Other_roles_and_the_demo_are_not_asked()
    {
        Assert.Equal("Administrator,Auditor", new AccountsOptions().SecondFactorFor);
        await using var town = await TownWithRulesAsync();
        (await town.SignedInAsync("dispatcher")).Dispose();
        town.Clock.Advance(TimeSpan.FromDays(8));
        using var dispatcher = await town.SignedInAsync("dispatcher");
        Assert.Equal(HttpStatusCode.OK, (await dispatcher.GetAsync("/inbox")).StatusCode);

        await using var demo = await TownWithRulesAsync(isDemo: true);
        (await demo.SignedInAsync("admin")).Dispose();
        demo.Clock.Advance(TimeSpan.FromDays(8));
        using var admin = await demo.SignedInAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin/people")).StatusCode);
    }

    [Fact]
    public async Task Two_administrators_take_a_lost_one_away_and_its_owner_is_told()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        using var owner = await town.SignedInAsync("dispatcher");
        await SetUpAsync(town, owner);
        var id = await town.IdAsync("dispatcher");
        await admin.PostAsJsonAsync($"/api/people/{await town.IdAsync("supervisor")}/posts", new { role = "administrator" });
        using var second = await town.SignedInAsync("supervisor");

        Assert.Equal(HttpStatusCode.Conflict, (await second.PutAsync($"/api/people/{id}/factor-reset", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync($"/admin/people/{id}/factor-reset")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PutAsync($"/api/people/{id}/factor-reset", null)).StatusCode);
        Assert.Contains("/factor-reset/agree", await second.GetStringAsync($"/admin/people/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("/factor-reset/agree", await admin.GetStringAsync($"/admin/people/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostFormAsync($"/admin/people/{id}/code", ("resetsFactor", "true"))).StatusCode);

        Assert.Equal(HttpStatusCode.Found, (await second.PostFormAsync($"/admin/people/{id}/factor-reset/agree")).StatusCode);
        Assert.True(await SignInAsync(town, null));
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.GetAsync("/api/session")).StatusCode);
        Assert.Contains(await NoticesAsync(town), n => n.StartsWith("您的第二重验证已被取消", StringComparison.Ordinal));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<RecoveryCode>().CountAsync()));
    }

    [Fact]
    public async Task A_single_administrator_gives_a_code_that_the_owner_uses_and_an_ordinary_code_leaves_the_second_factor()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        using var owner = await town.SignedInAsync("dispatcher");
        await SetUpAsync(town, owner);
        var id = await town.IdAsync("dispatcher");

        var ordinary = (await (await admin.PutAsync($"/api/people/{id}/code", null)).Content.ReadFromJsonAsync<AddedPerson>(Json.Plain))!;
        using var client = await ClientAsync(town);
        var half = await client.PostFormAsync("/sign-in/code", ("login", "dispatcher"), ("code", ordinary.Code!), ("password", "a sentence to remember"));
        Assert.Equal("/sign-in/second", half.Headers.Location!.OriginalString);

        var page = await (await admin.PostFormAsync($"/admin/people/{id}/code", ("resetsFactor", "true"))).Content.ReadAsStringAsync();
        var code = Regex.Match(page, "[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}").Value;
        var done = await client.PostFormAsync("/sign-in/code", ("login", "dispatcher"), ("code", code), ("password", "another sentence to remember"));
        Assert.NotEqual("/sign-in/second", done.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/session")).StatusCode);
    }

    private static Task<Town> TownWithRulesAsync(bool isDemo = false) => Staff.TownAsync(new TownOptions
    {
        Adjust = b =>
        {
            b.Services.Configure<AccountsOptions>(o => o.SecondFactorFor = new AccountsOptions().SecondFactorFor);
            b.Services.Configure<Linli.Shell.Site.SiteOptions>(o => o.Demo = isDemo);
        },
    });

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetUpAsync(Town town, HttpClient client)
    {
        var pending = (await (await client.PostAsync("/api/me/second-factor/authenticator", null)).Content.ReadFromJsonAsync<PendingAuthenticator>(Json.Plain))!;
        var secret = Read(pending.Secret);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync("/api/me/second-factor/authenticator", new { code = "12" })).StatusCode);
        var added = await client.PutAsJsonAsync("/api/me/second-factor/authenticator", new { code = Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now)) });
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        return (secret, (await added.Content.ReadFromJsonAsync<FactorAdded>(Json.Plain))!.RecoveryCodes);
    }

    /// <summary>RFC 4648, as an app would read it.</summary>
    private static byte[] Read(string base32)
    {
        var bits = string.Concat(base32.Where(c => c != ' ').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private static async Task<HttpClient> ClientAsync(Town town)
    {
        var client = await town.ClientAsync();
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        return client;
    }

    private static async Task<bool> SignInAsync(Town town, string? code)
    {
        using var client = await ClientAsync(town);
        await client.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password });
        if (code is not null)
        {
            await client.PostAsJsonAsync("/api/session/second", new { code });
        }

        return (await client.GetAsync("/api/session")).StatusCode == HttpStatusCode.OK;
    }

    private static async Task<string> SendAsync(HttpClient client, byte[] secret, Town town) =>
        await (await client.PostAsJsonAsync("/api/session/second", new { code = Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now)) })).Content.ReadAsStringAsync();

    private static Task<List<string>> NoticesAsync(Town town) => town.ReadAsync(db => db.Set<Notice>().OrderBy(n => n.Id).Select(n => n.Text).ToListAsync());
}
