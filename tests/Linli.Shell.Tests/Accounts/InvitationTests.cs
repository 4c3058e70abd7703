using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Organisations;
using Linli.Shell.People;
using Linli.Shell.People.Invitations;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Tests.Accounts;

public sealed class InvitationTests
{
    [Fact]
    public async Task Whoever_is_invited_chooses_login_and_password_and_has_the_posts_from_then_on()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var page = await (await admin.PostFormAsync("/admin/people/invitations", ("name", "李娜"), ("role", "Supervisor"))).Content.ReadAsStringAsync();
        var code = Regex.Match(page, "(?:[2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}").Value;
        Assert.Equal(0, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.Name == "李娜")));
        town.Clock.Advance(TimeSpan.FromHours(6));

        using var client = await town.ClientAsync();
        Assert.Contains(code, await client.GetStringAsync($"/sign-in/invitation?code={code}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AcceptAsync(client, code, "plumber", "a sentence to remember")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AcceptAsync(client, code, "li.na", "short")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await AcceptAsync(client, code.Replace("-", " ", StringComparison.Ordinal), "li.na", "a sentence to remember")).StatusCode);

        var session = (await client.GetFromJsonAsync<Session>("/api/session", Json.Plain))!;
        Assert.Equal(Role.Supervisor, Assert.Single(session.Posts).Role);
        Assert.Equal(town.Clock.Now, await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == session.Id).Select(p => p.From).SingleAsync()));

        using var other = await town.ClientAsync();
        var again = await AcceptAsync(other, code, "wang", "a sentence to remember");
        Assert.Contains("邀请码不对", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await admin.GetFromJsonAsync<List<ShownInvitation>>("/api/people/invitations", Json.Plain))!);
    }

    [Fact]
    public async Task An_invitation_by_mail_brings_the_link_and_nothing_else_shows_the_code()
    {
        await using var server = await MailTests.MailServer.StartAsync();
        await using var town = await MailTests.TownAsync(server);
        using var admin = await town.SignedInAsync("admin");
        var made = (await (await admin.PostAsJsonAsync("/api/people/invitations", new { name = "李娜", email = "li.na@example.com", posts = new[] { new { role = "supervisor" } } }))
            .Content.ReadFromJsonAsync<Invited>(Json.Plain))!;
        Assert.Null(made.Code);

        await Bells.Delivery(town).DeliverAllAsync();
        var letter = await server.NextAsync();
        Assert.DoesNotContain("李娜", letter.GetProperty("subject").GetString(), StringComparison.Ordinal);
        var link = Regex.Match(letter.GetProperty("text").GetString()!, "https://linli.example(/sign-in/invitation\\?code=[A-Z0-9-]+)").Groups[1].Value;
        using var client = await town.ClientAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await AcceptAsync(client, link.Split('=')[1], "li.na", "a sentence to remember")).StatusCode);
        Assert.DoesNotContain(link.Split('=')[1], await town.ReadAsync(db => db.Set<Invitation>().Select(i => i.TokenHash).SingleAsync()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_ends_after_a_week_or_when_it_is_taken_back()
    {
        await using var town = await Staff.TownAsync();
        var (old, withdrawn) = (await InviteAsync(town), await InviteAsync(town));
        using var admin = await town.SignedInAsync("admin");
        Assert.Equal(2, (await admin.GetFromJsonAsync<List<ShownInvitation>>("/api/people/invitations", Json.Plain))!.Count);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/people/invitations/{withdrawn.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/people/invitations/{withdrawn.Id}")).StatusCode);

        using var client = await town.ClientAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AcceptAsync(client, withdrawn.Code!, "li.na", "a sentence to remember")).StatusCode);
        town.Clock.Advance(new AccountsOptions().Invitation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AcceptAsync(client, old.Code!, "li.na", "a sentence to remember")).StatusCode);
    }

    [Fact]
    public async Task Accepted_twice_at_the_same_moment_it_makes_one_account()
    {
        await using var town = await Staff.TownAsync();
        var invited = await InviteAsync(town);
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(i =>
            town.InScopeAsync((InvitePerson invite) => invite.AcceptAsync(invited.Code, $"li.na{i}", "a sentence to remember", CancellationToken.None))));
        Assert.Single(answers, a => a.Succeeded);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.Name == "李娜")));
    }

    [Fact]
    public async Task Inviting_an_address_that_has_an_account_says_nothing_about_it()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        await admin.PutAsJsonAsync($"/api/people/{await town.IdAsync("plumber")}", new { name = "卜抢修", email = "bu@example.com" });
        foreach (var email in new[] { "bu@example.com", "nobody@example.org" })
        {
            Assert.Equal(HttpStatusCode.Created, (await admin.PostAsJsonAsync("/api/people/invitations", new { name = "某人", email, posts = new[] { new { role = "supervisor" } } })).StatusCode);
        }
    }

    [Theory]
    [InlineData("locked out")]
    [InlineData("no longer administrator")]
    [InlineData("administrator of a part")]
    [InlineData("organisation closed")]
    [InlineData("post over")]
    public async Task Whoever_invited_has_to_be_able_to_give_the_post_when_it_is_accepted_too(string change)
    {
        await using var town = await Staff.TownAsync();
        var (inviter, plumbers) = (await BossAsync(town, null), await town.ReadAsync(db => db.Set<Organisation>().Where(o => o.Code == "water-repair").Select(o => o.Id).SingleAsync()));
        var post = new PostInput(Role.Handler, plumbers, null, null, change == "post over" ? town.Clock.Now.AddDays(1) : null);
        var invited = await town.InScopeAsync(async (InvitePerson invite) => (await invite.HandleAsync(await ActorAsync(town, inviter), new InvitationInput("李娜", null, null, null, [post]), default)).Value);
        town.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(town, change, inviter, plumbers);

        using var client = await town.ClientAsync();
        var refused = await AcceptAsync(client, invited.Code!, "li.na", "a sentence to remember");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("这个邀请已经作废", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await town.ReadAsync(db => db.Set<Account>().CountAsync(a => a.Name == "李娜")));

        using var admin = await town.SignedInAsync("admin");
        Assert.Contains("给 李娜 的邀请没有生效", await admin.GetStringAsync("/inbox"), StringComparison.Ordinal);
        Assert.Empty((await admin.GetFromJsonAsync<List<ShownInvitation>>("/api/people/invitations", Json.Plain))!);
        Assert.Contains("邀请码不对", await (await AcceptAsync(client, invited.Code!, "li.na", "a sentence to remember")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_of_a_part_give_posts_in_that_part_alone()
    {
        await using var town = await Staff.TownAsync();
        var boss = await ActorAsync(town, await BossAsync(town, Staff.TownArea));
        Task<Outcome<Invited>> Invite(string? area) => town.InScopeAsync((InvitePerson invite) =>
            invite.HandleAsync(boss, new InvitationInput("李娜", null, null, null, [new PostInput(Role.Supervisor, null, area)]), default));

        Assert.True((await Invite(Staff.TownArea)).Succeeded);
        Assert.Equal("areaCode", Assert.Single(Assert.IsType<Failure.Invalid>((await Invite(null)).Failure).Problems).Field);
        var self = await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(boss, boss.Id, new PostInput(Role.Administrator, null, Staff.County), default));
        Assert.IsType<Failure.Invalid>(self.Failure);
    }

    /// <summary>Whoever holds a wider post is out of reach in every way, and so is an organisation that works wider: else it would be a way up.</summary>
    [Fact]
    public async Task Administrators_of_a_part_touch_nobody_who_reaches_further()
    {
        await using var town = await Staff.TownAsync();
        var boss = await ActorAsync(town, await BossAsync(town, Staff.TownArea));
        var above = await BossAsync(town, Staff.County, "above");
        var refused = new List<Failure?>
        {
            (await town.InScopeAsync((GiveCode code) => code.HandleAsync(boss, above, default))).Failure,
            (await town.InScopeAsync((ChangePerson people) => people.HandleAsync(boss, above, new PersonInput(null, "李娜", null, "mine@example.com", null), default))).Failure,
            (await town.InScopeAsync((ChangePerson people) => people.SwitchAsync(boss, above, false, default))).Failure,
            (await town.InScopeAsync((ResetFactor reset) => reset.AskAsync(boss, above, default))).Failure,
            (await town.InScopeAsync((EndSessions end) => end.AllOfAsync(boss, above, default))).Failure,
        };
        var post = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == above).Select(p => p.Id).SingleAsync());
        refused.Add((await town.InScopeAsync((ChangePosts posts) => posts.EndAsync(boss, above, post, null, default))).Failure);
        var wide = await town.ReadAsync(db => db.Set<Organisation>().Where(o => o.AreaCode == Staff.County).OrderBy(o => o.Code).FirstAsync());
        refused.Add((await town.InScopeAsync((KeepOrganisations keep) => keep.SwitchAsync(boss, wide.Id, false, default))).Failure);
        Assert.All(refused, f => Assert.Equal(AdministratorReach.Beyond, f));

        var own = await BossAsync(town, Staff.TownArea, "own");
        var handler = await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(boss, own, new PostInput(Role.Handler, wide.Id, Staff.TownArea), default));
        Assert.Equal("organisationId", Assert.Single(Assert.IsType<Failure.Invalid>(handler.Failure).Problems).Field);
        Assert.True((await town.InScopeAsync((GiveCode code) => code.HandleAsync(boss, own, default))).Succeeded);
    }

    /// <summary>Ending is no other way of giving; the last one who reaches everywhere stays; and nobody raises themselves.</summary>
    [Fact]
    public async Task A_post_that_is_over_stays_over_and_none_is_lengthened_or_given_to_oneself()
    {
        await using var town = await Staff.TownAsync();
        var boss = await ActorAsync(town, await BossAsync(town, Staff.County));
        var other = await BossAsync(town, Staff.TownArea, "other");
        var post = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == other).Select(p => p.Id).SingleAsync());
        Task<Outcome<Appointment>> End(DateTimeOffset? until) => town.InScopeAsync((ChangePosts posts) => posts.EndAsync(boss, other, post, until, default));
        Assert.True((await End(town.Clock.Now.AddDays(2))).Succeeded);
        Assert.Equal("until", Assert.Single(Assert.IsType<Failure.Invalid>((await End(town.Clock.Now.AddDays(3))).Failure).Problems).Field);
        Assert.True((await End(null)).Succeeded);
        Assert.Equal("post_over", (await End(town.Clock.Now.AddDays(3))).Failure?.Code);
        Assert.Contains("Administrator " + Staff.TownArea, await town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Verb == "shell.end-appointment").OrderBy(e => e.Id).Select(e => e.Reason).FirstAsync()), StringComparison.Ordinal);

        var self = await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(boss, boss.Id, new PostInput(Role.Auditor, null, Staff.County, SeesSensitive: true), default));
        Assert.Equal("role", Assert.Single(Assert.IsType<Failure.Invalid>(self.Failure).Problems).Field);
        var admin = await town.IdAsync("admin");
        Assert.True((await town.InScopeAsync((ChangePerson people) => people.SwitchAsync(Actor.System, admin, false, default))).Succeeded);
        Assert.Equal("last_administrator", (await town.InScopeAsync((ChangePerson people) => people.SwitchAsync(Actor.System, boss.Id, false, default))).Failure?.Code);   // the other one is of a part
    }

    private static async Task ChangeAsync(Town town, string change, Guid inviter, Guid organisation)
    {
        switch (change)
        {
            case "locked out":
                await town.InScopeAsync((ChangePerson people) => people.SwitchAsync(Actor.System, inviter, false, default));
                break;
            case "no longer administrator" or "administrator of a part":
                var post = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == inviter).Select(p => p.Id).SingleAsync());
                await town.InScopeAsync((ChangePosts posts) => posts.EndAsync(Actor.System, inviter, post, null, default));
                await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(Actor.System, inviter, new PostInput(change == "administrator of a part" ? Role.Administrator : Role.Supervisor, null, Staff.TownArea), default));
                break;
            case "organisation closed":
                await town.InScopeAsync(async (LinliDb db) =>
                {
                    (await db.Set<Organisation>().SingleAsync(o => o.Id == organisation)).IsActive = false;
                    await db.CommitAsync(Act.BySystem("test.close", town.Clock.Now));
                });
                break;
            default:
                town.Clock.Advance(TimeSpan.FromDays(2));
                break;
        }
    }

    /// <summary>A second administrator.</summary>
    private static async Task<Guid> BossAsync(Town town, string? area, string login = "boss") => (await town.InScopeAsync((AddPerson add) =>
        add.HandleAsync(Actor.System, new PersonInput(login, "包管理", null, null, null), [new PostInput(Role.Administrator, null, area)], Staff.Password, default))).Value.Id;

    private static async Task<Actor> ActorAsync(Town town, Guid account) => (await town.InScopeAsync((LoadActor load) => load.FindAsync(account, null, default)))!.Actor;

    private static async Task<Invited> InviteAsync(Town town) => (await town.InScopeAsync((InvitePerson invite) =>
        invite.HandleAsync(Actor.System, new InvitationInput("李娜", null, null, null, [new PostInput(Role.Supervisor, null, null)]), CancellationToken.None))).Value;

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient client, string code, string login, string password) =>
        client.PostFormAsync("/sign-in/invitation", ("code", code), ("login", login), ("password", password));
}
