using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Linli.Shell.People.Deputies;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Tests;

/// <summary>代班: posts lent to a colleague until a day.</summary>
public sealed class DeputyTests
{
    [Fact]
    public async Task A_colleague_holds_the_post_for_those_days_and_not_a_minute_longer()
    {
        await using var town = await Staff.TownAsync();
        var (dispatcher, supervisor) = (await town.IdAsync("dispatcher"), await town.IdAsync("supervisor"));
        var from = town.Clock.Now.AddHours(1);

        Assert.Null(await LendAsync(town, dispatcher, new DeputyInput(supervisor, null, from, from.AddDays(2))));

        Assert.False((await ActorAsync(town, supervisor)).Is(Role.Dispatcher));
        town.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await ActorAsync(town, supervisor)).Is(Role.Dispatcher));
        Assert.True((await ActorAsync(town, dispatcher)).Is(Role.Dispatcher));
        town.Clock.Advance(TimeSpan.FromDays(2));
        Assert.False((await ActorAsync(town, supervisor)).Is(Role.Dispatcher));
    }

    [Fact]
    public async Task What_was_lent_ends_with_the_post_of_whoever_lent_it()
    {
        await using var town = await Staff.TownAsync();
        var (dispatcher, supervisor) = (await town.IdAsync("dispatcher"), await town.IdAsync("supervisor"));
        await LendAsync(town, dispatcher, new DeputyInput(supervisor, null, null, town.Clock.Now.AddDays(2)));
        var own = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == dispatcher).Select(p => p.Id).SingleAsync());

        await town.InScopeAsync((ChangePosts posts) => posts.EndAsync(Actor.System, dispatcher, own, null, default));

        Assert.False((await ActorAsync(town, supervisor)).Is(Role.Dispatcher));
        Assert.Empty(await NoticeTests.FindAsync(town, Inbox.Recipients.DispatchersCovering(new Matter(null))));
    }

    [Theory]
    [InlineData("plumber", "road-worker", "person")]
    [InlineData("admin", "dispatcher", "posts")]
    [InlineData("dispatcher", "dispatcher", "person")]
    public async Task A_post_goes_to_nobody_of_another_organisation_and_no_administrator_lends_theirs(string from, string to, string field)
    {
        await using var town = await Staff.TownAsync();
        var refused = await LendAsync(town, await town.IdAsync(from), new DeputyInput(await town.IdAsync(to), null, null, town.Clock.Now.AddDays(2)));

        Assert.Contains(Assert.IsType<Failure.Invalid>(refused).Problems, p => p.Field == field);
    }

    [Fact]
    public async Task Too_long_and_backwards_are_refused_and_what_was_lent_is_not_lent_on()
    {
        await using var town = await Staff.TownAsync();
        var (dispatcher, supervisor) = (await town.IdAsync("dispatcher"), await town.IdAsync("supervisor"));
        foreach (var until in new DateTimeOffset?[] { null, town.Clock.Now.AddDays(-1), town.Clock.Now.AddDays(93) })
        {
            Assert.Contains(Assert.IsType<Failure.Invalid>(await LendAsync(town, dispatcher, new DeputyInput(supervisor, null, null, until))).Problems, p => p.Field == "until");
        }

        await LendAsync(town, dispatcher, new DeputyInput(supervisor, null, null, town.Clock.Now.AddDays(2)));
        var lent = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == supervisor && p.DeputyOf != null).Select(p => p.Id).SingleAsync());
        var refused = await LendAsync(town, supervisor, new DeputyInput(await town.IdAsync("town-dispatcher"), [lent], null, town.Clock.Now.AddDays(2)));

        Assert.Contains(Assert.IsType<Failure.Invalid>(refused).Problems, p => p.Field == "posts");
    }

    [Fact]
    public async Task Either_side_ends_it_and_nobody_else()
    {
        await using var town = await Staff.TownAsync();
        using var dispatcher = await town.SignedInAsync("dispatcher");
        var supervisor = await town.IdAsync("supervisor");
        var lent = await dispatcher.PostAsJsonAsync("/api/me/deputies", new { person = supervisor, until = town.Clock.Now.AddDays(2) });
        Assert.Equal(HttpStatusCode.OK, lent.StatusCode);
        var id = (await lent.Content.ReadFromJsonAsync<Deputy[]>(Json.Plain))!.Single().Id;

        using var other = await town.SignedInAsync("plumber");
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/api/me/deputies/{id}")).StatusCode);
        using var deputy = await town.SignedInAsync("supervisor");
        Assert.Contains("戴派单", await (await deputy.GetAsync("/me/deputies")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await deputy.DeleteAsync($"/api/me/deputies/{id}")).StatusCode);

        Assert.False((await ActorAsync(town, supervisor)).Is(Role.Dispatcher));
    }

    [Fact]
    public async Task Whose_post_will_be_over_is_told_two_weeks_ahead_once()
    {
        await using var town = await Staff.TownAsync();
        var supervisor = await town.IdAsync("supervisor");
        var until = town.Clock.Now.AddDays(20);
        await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(Actor.System, supervisor, new PostInput(Role.Verifier, null, null, null, until), default));

        Assert.Equal(0, await ToldAsync());
        town.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await ToldAsync());
        town.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await ToldAsync());

        async Task<int> ToldAsync()
        {
            await town.InScopeAsync((TellOfEndingPosts tell) => tell.RunAsync(default));
            return await town.ReadAsync(db => db.Set<Inbox.Notice>().CountAsync(n => n.AccountId == supervisor && n.Subject!.StartsWith("post ")));
        }
    }

    private static Task<Failure?> LendAsync(Town town, Guid who, DeputyInput input) => town.InScopeAsync(async (KeepDeputies keep) =>
        await keep.LendAsync(await ActorAsync(town, who), input, default));

    private static async Task<Actor> ActorAsync(Town town, Guid id) =>
        (await town.InScopeAsync((LoadActor load) => load.FindAsync(id, null, default)))!.Actor;
}
