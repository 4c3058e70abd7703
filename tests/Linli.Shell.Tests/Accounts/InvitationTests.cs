using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
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

    private static async Task<Invited> InviteAsync(Town town) => (await town.InScopeAsync((InvitePerson invite) =>
        invite.HandleAsync(Actor.System, new InvitationInput("李娜", null, null, null, [new PostInput(Role.Supervisor, null, null)]), CancellationToken.None))).Value;

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient client, string code, string login, string password) =>
        client.PostFormAsync("/sign-in/invitation", ("code", code), ("login", login), ("password", password));
}
