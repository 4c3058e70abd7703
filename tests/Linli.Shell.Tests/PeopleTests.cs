using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Organisations;
using Linli.Shell.People;
using Linli.Shell.Setup;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

public sealed class PeopleTests
{
    [Fact]
    public async Task A_new_person_chooses_a_password_with_the_one_time_code_and_the_code_works_once()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var answer = await admin.PostAsJsonAsync("/api/people", new { login = "li.na", name = "李娜", posts = new[] { new { role = "supervisor" } } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var added = (await answer.Content.ReadFromJsonAsync<AddedPerson>(Json.Plain))!;

        using var client = await town.ClientAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UseAsync(client, "AAAAA-AAAAA")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await UseAsync(client, added.Code!.ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))).StatusCode);
        Assert.Equal("李娜", (await client.GetFromJsonAsync<Session>("/api/session", Json.Plain))!.Name);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UseAsync(client, added.Code)).StatusCode);

        static Task<HttpResponseMessage> UseAsync(HttpClient client, string code) =>
            client.PostFormAsync("/sign-in/code", ("login", "li.na"), ("code", code), ("password", "a sentence to remember"));
    }

    [Fact]
    public async Task A_code_ends_after_three_days_and_wrong_codes_have_to_wait()
    {
        await using var town = await Staff.TownAsync();
        var id = await town.IdAsync("plumber");
        var given = (await town.InScopeAsync((GiveCode give) => give.HandleAsync(Actor.System, id, CancellationToken.None))).Value;
        Assert.False((await town.InScopeAsync((SignIn signIn) => signIn.HandleAsync("plumber", Staff.Password, CancellationToken.None))).Succeeded);

        for (var i = 0; i < 5; i++)
        {
            Assert.False(await UseAsync(town, "WRONGCODE2"));
        }

        Assert.False(await UseAsync(town, given.Code!));
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await UseAsync(town, given.Code!));

        var late = (await town.InScopeAsync((GiveCode give) => give.HandleAsync(Actor.System, id, CancellationToken.None))).Value;
        town.Clock.Advance(GiveCode.Valid);
        Assert.False(await UseAsync(town, late.Code!));

        static async Task<bool> UseAsync(Town town, string code) =>
            (await town.InScopeAsync((UseCode use) => use.HandleAsync("plumber", code, "a sentence to remember", CancellationToken.None))).Succeeded;
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("plumber-plumber-1")]
    public async Task A_password_that_is_short_or_plain_or_holds_the_login_is_refused(string password)
    {
        await using var town = await Staff.TownAsync();
        var actor = new Actor(ActorKind.Staff, await town.IdAsync("plumber"), "卜抢修", []);
        var changed = await town.InScopeAsync((ChangeOwn own) => own.PasswordAsync(actor, Staff.Password, password, CancellationToken.None));
        Assert.IsType<Failure.Invalid>(changed.Failure);
    }

    [Fact]
    public async Task Changing_the_password_keeps_this_session_and_ends_the_others()
    {
        await using var town = await Staff.TownAsync();
        using var desk = await town.SignedInAsync("plumber");
        using var phone = await town.SignedInAsync("plumber");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.PostFormAsync("/me/password", ("old", "not this one"), ("password", "a sentence to remember"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await desk.PostFormAsync("/me/password", ("old", Staff.Password), ("password", "a sentence to remember"))).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var id = await town.IdAsync("admin");
        var post = (await admin.GetFromJsonAsync<Person>($"/api/people/{id}", Json.Plain))!.Posts[0].Id;

        Assert.Equal(HttpStatusCode.Conflict, (await admin.PutAsJsonAsync($"/api/people/{id}/active", new { isActive = false })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PutAsJsonAsync($"/api/people/{id}/posts/{post}/end", new { })).StatusCode);
    }

    [Fact]
    public async Task Wrong_input_about_a_person_names_every_field()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");

        var answer = await admin.PostAsJsonAsync("/api/people", new { login = "plumber", name = "", email = "no address", posts = new[] { new { role = "handler", areaCode = "999" } } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.All(["login", "name", "email", "organisationId", "areaCode"], field => Assert.Contains($"\"{field}\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_about_people_and_organisations_open_and_take_forms()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var plumber = await town.IdAsync("plumber");
        foreach (var page in new[] { "/me", "/inbox", "/admin/people", "/admin/people?search=卜&role=Handler", "/admin/people/new", $"/admin/people/{plumber}", "/admin/organisations", "/admin/organisations/new" })
        {
            var answer = await admin.GetAsync(page);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page}: {answer.StatusCode}");
        }

        var added = await admin.PostFormAsync("/admin/people", ("login", "wang"), ("name", "王伟<script>"), ("role", "Supervisor"), ("areaCode", Staff.TownArea));
        var html = await added.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Contains("王伟&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostFormAsync("/admin/people", ("login", "wang"), ("name", "王伟"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync($"/admin/people/{plumber}/posts", ("role", "Verifier"), ("from", "2026-03-02T09:00"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync($"/admin/people/{plumber}/active", ("isActive", "false"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.PostFormAsync($"/admin/people/{plumber}/code")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/admin/people/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task An_organisation_is_added_changed_and_taken_out_of_use()
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        var answer = await admin.PostFormAsync("/admin/organisations", ("code", "hospital"), ("name", "人民医院"), ("kind", "Hospital"), ("isAllianceMember", "true"), ("creditCode", "91350100M000100Y44"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);

        var added = await admin.PostFormAsync("/admin/organisations", ("code", "hospital"), ("name", "人民医院"), ("kind", "Hospital"), ("isAllianceMember", "true"));
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        var address = added.Headers.Location!.OriginalString.Split('?')[0];
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync(address, ("name", "县人民医院"), ("kind", "Hospital"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await admin.PostFormAsync(address + "/active", ("isActive", "false"))).StatusCode);

        var shown = (await admin.GetFromJsonAsync<Organisation>("/api" + address["/admin".Length..], Json.Plain))!;
        Assert.Equal(("县人民医院", false, false), (shown.Name, shown.IsActive, shown.IsAllianceMember));
    }

    [Fact]
    public async Task No_organisation_stands_above_itself()
    {
        await using var town = await Staff.TownAsync();
        var list = (await town.InScopeAsync((ReadOrganisations read) => read.ListAsync(null, null, 1, CancellationToken.None))).Items;
        var (water, repair) = (list.Single(o => o.Code == "water"), list.Single(o => o.Code == "water-repair"));

        var changed = await town.InScopeAsync((KeepOrganisations keep) =>
            keep.ChangeAsync(Actor.System, water.Id, OrganisationInput.Of(water) with { ParentId = repair.Id }, CancellationToken.None));
        Assert.IsType<Failure.Invalid>(changed.Failure);
    }

    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100I43", false)]
    [InlineData("9135", false)]
    public void A_credit_code_is_known_by_its_check_character(string code, bool isValid) => Assert.Equal(isValid, CreditCode.IsValid(code));

    [Fact]
    public async Task The_first_administrator_is_created_once_by_whoever_reads_the_console()
    {
        await using var town = await Town.EmptyAsync();
        using var client = await town.ClientAsync();
        Assert.Equal("/setup", (await client.GetAsync("/sign-in")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/setup")).StatusCode);

        var token = town.Services.GetRequiredService<SetupToken>().Value;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, "wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(client, token)).StatusCode);
        Assert.Equal(Role.Administrator, (await client.GetFromJsonAsync<Session>("/api/session", Json.Plain))!.Posts[0].Role);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, token)).StatusCode);
        Assert.Equal("/sign-in", (await client.GetAsync("/setup")).Headers.Location!.OriginalString);

        static Task<HttpResponseMessage> PostAsync(HttpClient client, string token) =>
            client.PostFormAsync("/setup", ("token", token), ("login", "first"), ("name", "第一人"), ("password", Staff.Password));
    }

    [Fact]
    public async Task Of_several_first_set_ups_at_the_same_moment_one_creates_the_administrator_and_the_others_are_told()
    {
        await using var town = await Town.EmptyAsync();
        using var visitor = await town.HttpAsync();
        var token = town.Services.GetRequiredService<SetupToken>().Value;

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => visitor.SendJsonAsync(
            HttpMethod.Post, "/api/setup", new FirstAdministrator(token, $"first-{i}", "第一人", Staff.Password))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.Conflict && a.Text.Contains("already_set_up", StringComparison.Ordinal)));
        Assert.Equal(1, await town.ReadAsync(db => db.Set<Account>().CountAsync()));
    }
}
