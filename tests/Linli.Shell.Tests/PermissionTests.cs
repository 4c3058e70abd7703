using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;

namespace Linli.Shell.Tests;

public sealed class PermissionTests
{
    [Fact]
    public async Task A_program_without_a_session_gets_a_problem_and_a_person_the_way_to_sign_in()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        var program = await client.GetAsync("/api/people");
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);

        var person = await client.GetAsync("/admin/people?role=Handler");
        Assert.Equal(HttpStatusCode.Found, person.StatusCode);
        Assert.Equal("/sign-in?return=%2Fadmin%2Fpeople%3Frole%3DHandler", person.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("dispatcher", HttpStatusCode.Forbidden)]
    [InlineData("plumber", HttpStatusCode.Forbidden)]
    [InlineData("supervisor", HttpStatusCode.Forbidden)]
    public async Task A_permission_opens_to_its_roles_alone(string login, HttpStatusCode expected)
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync(login);

        Assert.Equal(expected, (await client.GetAsync("/api/people")).StatusCode);
        Assert.Equal(expected, (await client.GetAsync("/admin/people")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/inbox")).StatusCode);
    }

    [Fact]
    public async Task Somebody_who_loses_the_post_loses_its_rights_at_the_next_call()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("admin");
        var id = await town.IdAsync("admin");
        var other = await town.IdAsync("supervisor");
        Assert.True((await town.InScopeAsync((ChangePosts posts) =>
            posts.AppointAsync(Actor.System, other, new PostInput(Role.Administrator, null, null), CancellationToken.None))).Succeeded);

        var person = (await client.GetFromJsonAsync<Person>($"/api/people/{id}", Json.Plain))!;
        var ended = await client.PutAsJsonAsync($"/api/people/{id}/posts/{person.Posts[0].Id}/end", new { });

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/people")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/inbox")).StatusCode);
    }

    [Fact]
    public async Task A_post_begins_and_ends_by_the_clock()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("supervisor");
        var id = await town.IdAsync("supervisor");
        var from = town.Clock.Now.AddHours(1);
        await town.InScopeAsync((ChangePosts posts) =>
            posts.AppointAsync(Actor.System, id, new PostInput(Role.Administrator, null, null, from, from.AddHours(1)), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/people")).StatusCode);
        town.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/people")).StatusCode);
        town.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/people")).StatusCode);
    }

    [Fact]
    public async Task Who_works_for_an_organisation_works_for_those_below_it_also_when_one_is_added_later()
    {
        await using var town = await Staff.TownAsync();
        var head = await town.IdAsync("water-head");
        var before = await ActorAsync(town, head);
        var water = before.Posts[0].OrganisationId!.Value;
        Assert.Equal(2, before.Posts[0].Organisations.Count);

        await town.InScopeAsync(async (LinliDb db) =>
        {
            db.Add(new Kernel.Organisations.Organisation { Code = "water-meters", Name = "水表所", Kind = Kernel.Organisations.OrganisationKind.Department, AreaCode = Staff.County, ParentId = water });
            await db.CommitAsync(Act.BySystem("test.add", town.Clock.Now));
        });

        Assert.Equal(3, (await ActorAsync(town, head)).Posts[0].Organisations.Count);
    }

    [Fact]
    public async Task A_post_for_the_whole_county_is_known_as_such()
    {
        await using var town = await Staff.TownAsync();
        var county = await ActorAsync(town, await town.IdAsync("dispatcher"));
        var small = await ActorAsync(town, await town.IdAsync("town-dispatcher"));

        Assert.True(county.Posts[0].IsJurisdictionWide);
        Assert.True(county.Covers(Role.Dispatcher, new Matter(null)));
        Assert.False(small.Posts[0].IsJurisdictionWide);
        Assert.False(small.Covers(Role.Dispatcher, new Matter(null)));
        Assert.True(small.Covers(Role.Dispatcher, new Matter(Staff.TownArea + "001")));
    }

    private static async Task<Actor> ActorAsync(Testing.Town town, Guid id) =>
        (await town.InScopeAsync((LoadActor load) => load.FindAsync(id, null, CancellationToken.None)))!.Actor;
}
