using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.People.Deputies;

/// <summary>/me/deputies and its twin for programs.</summary>
internal static class DeputyPages
{
    public const string Address = "/me/deputies";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(Permission.AnyStaff).ExcludeFromDescription();
        pages.MapGet("", (bool? done, Desk desk, CancellationToken cancellation) => desk.ShowAsync(null, null, done == true, cancellation));
        pages.MapPost("", LendAsync);
        pages.MapPost("/{id:guid}/end", EndAsync);

        var api = routes.MapGroup("/api/me/deputies").Requires(Permission.AnyStaff).WithTags("session");
        api.MapGet("", (ReadDeputies read, CurrentActor me, CancellationToken cancellation) => read.OfAsync(me.Value.Id, cancellation))
            .WithName("ListDeputies").WithSummary("Who stands in for oneself, and for whom one stands in.").Produces<Deputy[]>();
        api.MapPost("", async (KeepDeputies keep, ReadDeputies read, CurrentActor me, DeputyInput input, CancellationToken cancellation) =>
                await keep.LendAsync(me.Value, input, cancellation) is { } refused ? new Problem(refused) : Results.Json(await read.OfAsync(me.Value.Id, cancellation), Json.Plain))
            .WithName("LendPost").WithSummary("Lends one's posts to a colleague until a stated time.")
            .WithExample(new DeputyInput(new Guid("0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90"), null, null, new DateTimeOffset(2026, 12, 7, 8, 0, 0, TimeSpan.FromHours(8)))).Produces<Deputy[]>();
        api.MapDelete("/{id:guid}", async (KeepDeputies keep, CurrentActor me, Guid id, CancellationToken cancellation) =>
                await keep.EndAsync(me.Value, id, cancellation) is { } refused ? new Problem(refused) : Results.NoContent())
            .WithName("EndDeputy").WithSummary("Ends what was lent, by whoever lent it or by whoever stands in.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> LendAsync(KeepDeputies keep, Desk desk, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var typed = new DeputyTyped(form["person"], [.. form["posts"].OfType<string>()], form["from"], form["until"]);
        return await keep.LendAsync(me.Value, typed.Read(), cancellation) is { } refused
            ? await desk.ShowAsync(typed, refused, false, cancellation)
            : Results.LocalRedirect($"{Address}?done=true");
    }

    private static async Task<IResult> EndAsync(KeepDeputies keep, Desk desk, CurrentActor me, Guid id, CancellationToken cancellation) =>
        await keep.EndAsync(me.Value, id, cancellation) is { } refused ? await desk.ShowAsync(null, refused, false, cancellation) : Results.LocalRedirect($"{Address}?done=true");

    /// <summary>Puts the page together.</summary>
    internal sealed class Desk(ReadDeputies read, CurrentActor me, Texts texts)
    {
        public async Task<IResult> ShowAsync(DeputyTyped? typed, Failure? failure, bool isDone, CancellationToken cancellation) => new RazorComponentResult<DeputiesPage>(new
        {
            Deputies = await read.OfAsync(me.Value.Id, cancellation), Choices = await read.ChoicesAsync(me.Value.Id, texts, cancellation), Typed = typed, Failure = failure, Done = isDone,
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }
}

/// <summary>The form as it was typed; times are wall-clock times of the jurisdiction.</summary>
public sealed record DeputyTyped(string? Person, IReadOnlyList<string> Posts, string? From, string? Until)
{
    public DeputyInput Read() => new(
        Guid.TryParse(Person, out var person) ? person : null, [.. Posts.Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty)], PostTyped.Time(From), PostTyped.Time(Until));
}
