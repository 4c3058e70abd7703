using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.People;

/// <summary>A person to be added.</summary>
/// <param name="Phone">Mobile number, for messages about the account itself.</param>
public sealed record NewPerson(string? Login, string? Name, string? NameEn, string? Email, string? Language, IReadOnlyList<PostInput>? Posts, string? Phone = null);

/// <summary>Switches something on or off.</summary>
public sealed record Switch(bool IsActive);

/// <param name="Until">Null is now.</param>
public sealed record PostEnd(DateTimeOffset? Until);

/// <summary>People and posts for programs; what the pages under /admin/people do.</summary>
internal static class PeopleApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api/people").Requires(ShellPermissions.ManagePeople).WithTags("people");
        people.MapGet("", ListAsync).WithName("ListPeople").WithSummary("Who has an account, with posts; 30 a page, go on with cursor.").Produces<PeopleList>();
        people.MapGet("/{id:guid}", async (ReadPeople read, Guid id, CancellationToken cancellation) =>
            (await read.OneAsync(id, cancellation)).ToHttp()).WithName("ReadPerson").WithSummary("One person.").Produces<Person>();
        people.MapPost("", AddAsync).Confirmed().WithName("AddPerson").WithSummary("Adds a person; the answer carries the one-time code, once.")
            .WithExample(new NewPerson("li.na", "李娜", "Li Na", "li.na@example.com", "zh", [new PostInput(Role.Dispatcher, null, "140427100")]))
            .Produces<AddedPerson>(StatusCodes.Status201Created);
        people.MapPut("/{id:guid}", async (ChangePerson change, ReadPeople read, CurrentActor me, Guid id, PersonInput input, CancellationToken cancellation) =>
            await ShowAsync(await change.HandleAsync(me.Value, id, input, cancellation), read, id, cancellation)).Confirmed().WithName("ChangePerson")
            .WithSummary("Changes names, e-mail address, telephone and language; the login stays. The owner is told, at the old address too.").WithExample(new PersonInput(null, "李娜", "Li Na", "li.na@example.com", "zh")).Produces<Person>();
        people.MapPut("/{id:guid}/active", async (ChangePerson change, ReadPeople read, CurrentActor me, Guid id, Switch input, CancellationToken cancellation) =>
            await ShowAsync(await change.SwitchAsync(me.Value, id, input.IsActive, cancellation), read, id, cancellation)).Confirmed().WithName("SwitchPerson")
            .WithSummary("Disables or enables the account.").WithExample(new Switch(false)).ProducesProblem(StatusCodes.Status409Conflict).Produces<Person>();
        people.MapPut("/{id:guid}/code", async (GiveCode code, CurrentActor me, Guid id, CancellationToken cancellation) =>
            (await code.HandleAsync(me.Value, id, cancellation)).ToHttp()).Confirmed().WithName("GiveCode").WithSummary("Ends the old password and gives a one-time code.").Produces<AddedPerson>();
        people.MapPost("/{id:guid}/factor-reset", async (ResetFactor reset, ReadPeople read, CurrentActor me, Guid id, CancellationToken cancellation) =>
            await ShowAsync(await reset.AskAsync(me.Value, id, cancellation), read, id, cancellation)).Confirmed().WithName("AskFactorReset")
            .WithSummary("Asks that a lost second factor be taken away; another administrator has to agree.").ProducesProblem(StatusCodes.Status409Conflict).Produces<Person>();
        people.MapPut("/{id:guid}/factor-reset", async (ResetFactor reset, ReadPeople read, CurrentActor me, Guid id, CancellationToken cancellation) =>
            await ShowAsync(await reset.AgreeAsync(me.Value, id, cancellation), read, id, cancellation)).Confirmed().WithName("AgreeFactorReset")
            .WithSummary("Agrees, as another administrator: the second factor is gone, every sign-in ends.").ProducesProblem(StatusCodes.Status409Conflict).Produces<Person>();
        people.MapDelete("/{id:guid}/sessions", async (EndSessions end, CurrentActor me, Guid id, CancellationToken cancellation) =>
            await end.AllOfAsync(me.Value, id, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent()).WithName("EndSessionsOfPerson")
            .WithSummary("Ends every sign-in of the person.").Produces(StatusCodes.Status204NoContent);
        people.MapPost("/{id:guid}/posts", async (ChangePosts posts, ReadPeople read, CurrentActor me, Guid id, PostInput input, CancellationToken cancellation) =>
            await ShowAsync(await posts.AppointAsync(me.Value, id, input, cancellation), read, id, cancellation)).Confirmed().WithName("AppointPerson")
            .WithSummary("Gives a post.").WithExample(new PostInput(Role.Supervisor, null, "140427")).Produces<Person>();
        people.MapPut("/{id:guid}/posts/{post:guid}/end", async (ChangePosts posts, ReadPeople read, CurrentActor me, Guid id, Guid post, PostEnd input, CancellationToken cancellation) =>
            await ShowAsync(await posts.EndAsync(me.Value, id, post, input.Until, cancellation), read, id, cancellation)).Confirmed().WithName("EndPost")
            .WithSummary("Ends a post, now or at a stated time.").WithExample(new PostEnd(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)))).ProducesProblem(StatusCodes.Status409Conflict).Produces<Person>();
    }

    private static async Task<IResult> ListAsync(ReadPeople read, HttpContext http, string? search, Role? role, int? page, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(cursor, page, ReadPeople.ByLogin);
        if (!after.Succeeded)
        {
            return new Problem(after.Failure);
        }

        var found = await read.ListAsync(search, role, page ?? 1, cancellation, after.Value.Cursor);
        Cursor.Link(http, found.Next);
        return Results.Json(found, Json.Plain);
    }

    private static async Task<IResult> AddAsync(AddPerson add, CurrentActor me, NewPerson input, CancellationToken cancellation)
    {
        var added = await add.HandleAsync(
            me.Value, new PersonInput(input.Login, input.Name, input.NameEn, input.Email, input.Language, input.Phone), input.Posts ?? [], null, cancellation);
        return added.Succeeded ? Results.Created($"/api/people/{added.Value.Id}", added.Value) : new Problem(added.Failure);
    }

    private static async Task<IResult> ShowAsync<T>(Outcome<T> outcome, ReadPeople read, Guid id, CancellationToken cancellation) where T : notnull =>
        outcome.Succeeded ? (await read.OneAsync(id, cancellation)).ToHttp() : new Problem(outcome.Failure);
}
