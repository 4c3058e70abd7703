using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_opens_a_session_that_names_the_posts()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        var page = await client.PostFormAsync("/sign-in", ("login", "dispatcher"), ("password", Staff.Password), ("return", "/api/session"));
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal("/api/session", page.Headers.Location!.OriginalString);

        var session = await client.GetFromJsonAsync<Session>("/api/session", Json.Plain);
        Assert.Equal("戴派单", session!.Name);
        Assert.Equal(Role.Dispatcher, Assert.Single(session.Posts).Role);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        var answer = await client.PostAsJsonAsync("/api/session", new { login = "admin", password = Staff.Password });
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("linli.auth=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("dispatcher", "wrong password 1")]
    [InlineData("nobody-here", "wrong password 1")]
    [InlineData("", "")]
    [InlineData("' or 1=1 --", "' or 1=1 --")]
    public async Task Whatever_is_wrong_the_answer_is_the_same(string login, string password)
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        var answer = await client.PostAsJsonAsync("/api/session", new { login, password });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("sign_in_refused", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var page = await client.PostFormAsync("/sign-in", ("login", login), ("password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_its_next_call()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        var id = await town.IdAsync("dispatcher");

        await town.InScopeAsync((ChangePerson change) => change.SwitchAsync(Actor.System, id, false, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/session")).StatusCode);
        Assert.False(await SucceedsAsync(town, Staff.Password));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_other_devices()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await town.SignedInAsync("dispatcher");
        using var desk = await town.SignedInAsync("dispatcher");
        var id = await town.IdAsync("dispatcher");
        var actor = new Actor(ActorKind.Staff, id, "戴派单", []);

        await town.InScopeAsync((EndSessions end) => end.AllOfAsync(actor, id, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/session")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.GetAsync("/api/session")).StatusCode);
    }

    [Theory]
    [InlineData("/work?a=1#b", "/work?a=1#b")]
    [InlineData("/", "/")]
    [InlineData("https://evil.example/", null)]
    [InlineData("//evil.example", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("/\t/evil.example", null)]
    [InlineData("work", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task After_signing_in_the_way_leads_to_our_own_pages_only(string? asked, string? allowed)
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        var answer = await client.PostFormAsync("/sign-in", ("login", "dispatcher"), ("password", Staff.Password), ("return", asked ?? ""));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var location = answer.Headers.Location!.OriginalString;
        Assert.True(location == allowed || (allowed is null && location.StartsWith('/') && location is [_] or [_, not ('/' or '\\'), ..] && !location.Contains("evil", StringComparison.Ordinal)), location);
    }

    [Fact]
    public async Task Nobody_is_told_by_the_clock_which_logins_exist()
    {
        await using var town = await Staff.TownAsync(new TownOptions { Adjust = b => b.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 20_000) });
        await town.InScopeAsync((FoundAccounts found) => found.HandleAsync([new FoundedAccount("timed", "计时", null, Staff.Password, null, [])], CancellationToken.None));
        var known = await TimeOfAsync(town, "timed");
        var unknown = await TimeOfAsync(town, "nobody-here");

        // A password check costs tens of milliseconds; without the pretended one the ratio is far above this.
        Assert.InRange(known / unknown, 0.2, 5);
    }

    [Fact]
    public async Task Every_try_is_in_the_audit_trail_without_login_and_password()
    {
        await using var town = await Staff.TownAsync();
        Assert.False(await SucceedsAsync(town, "wrong password 1"));
        Assert.True(await SucceedsAsync(town, Staff.Password));

        var verbs = await town.InScopeAsync((LinliDb db) => db.Set<AuditEntry>().OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync());
        Assert.Equal(["shell.sign-in-refused", "shell.sign-in"], verbs.TakeLast(2));
    }

    private static async Task<double> TimeOfAsync(Testing.Town town, string login)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await town.InScopeAsync((SignIn signIn) => signIn.HandleAsync(login, "wrong password 1", CancellationToken.None));
            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    private static async Task<bool> SucceedsAsync(Testing.Town town, string password) =>
        (await town.InScopeAsync((SignIn signIn) => signIn.HandleAsync("dispatcher", password, CancellationToken.None))).Succeeded;
}
