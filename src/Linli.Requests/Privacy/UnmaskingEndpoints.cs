using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Read;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Privacy;

/// <summary>Asking to read personal data, deciding about it, and who looked: for pages and for programs.</summary>
internal static class UnmaskingEndpoints
{
    public const string Address = "/work/unmaskings";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/work/requests/{number}/unmaskings", AskOnPageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet(Address, (CurrentActor actor, DecideUnmasking decide, CancellationToken c) => ShowAsync(actor, decide, null, null, c)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost($"{Address}/{{id:guid}}/decision", DecideOnPageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();

        routes.MapPost("/api/requests/{number}/unmaskings", AskAsync)
            .Requires(Permission.AnyStaff).WithName("UnmaskPersonalData").WithTags("privacy").Produces<Unmasked>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Asks to read the reporter's contact, or the numbers in the words of a request, and says why.")
            .WithDescription("Whoever has the request in hand may read it at once, for half an hour; others, and everybody where the type is sensitive, once a second person has agreed. The reporter sees who looked.")
            .WithExample(new UnmaskPersonalData.Input(PersonalPart.Contact, UnmaskingReason.ReachReporter, "约定上门时间"));
        routes.MapGet("/api/requests/{number}/unmaskings", WhoLookedAsync).Public().TakesReporterCode(isNeeded: true).WithName("ListUnmaskings").WithTags("privacy").Produces<UnmaskingView[]>()
            .WithSummary("Who looked at personal data of a request, when and why: for its reporter (without names of persons) and for staff who see it.");
        routes.MapGet("/api/unmaskings", async (CurrentActor actor, DecideUnmasking decide, CancellationToken cancellation) => Results.Json(await decide.WaitingAsync(actor.Value, cancellation), Json.Plain))
            .Requires(Permission.AnyStaff).WithName("ListWaitingUnmaskings").WithTags("privacy").WithSummary("Wishes to read personal data that wait for the caller's decision, oldest first.").Produces<WaitingUnmasking[]>();
        routes.MapPut("/api/unmaskings/{id:guid}/decision", async (Guid id, DecideUnmasking.Input input, DecideUnmasking decide, CallerSource callers, CancellationToken cancellation) =>
                (await decide.RunAsync(id, input, callers.Any(), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("DecideUnmasking").WithTags("privacy").Produces<Unmasked>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Agrees or refuses, as the second person: a supervisor or auditor of the area, never the one who asked.").WithExample(new DecideUnmasking.Input(true, "督办需要"));
    }

    private static async Task<IResult> AskAsync(string number, UnmaskPersonalData.Input input, UnmaskPersonalData unmask, CallerSource callers, CancellationToken cancellation)
    {
        var outcome = await unmask.RunAsync(number, input, await callers.ForAsync(number, cancellation), cancellation);
        return outcome.Succeeded ? Results.Json(outcome.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(outcome.Failure);
    }

    private static async Task<IResult> AskOnPageAsync(string number, HttpContext http, UnmaskPersonalData unmask, CallerSource callers, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var input = new UnmaskPersonalData.Input(Parse<PersonalPart>(form["part"]), Parse<UnmaskingReason>(form["reasonCode"]), form["reason"]);
        var outcome = await unmask.RunAsync(number, input, await callers.ForAsync(number, cancellation), cancellation);
        return outcome.Succeeded
            ? Results.LocalRedirect($"/work/requests/{Uri.EscapeDataString(number)}#contact")
            : await Work.RequestPages.ShowAsync(http, number, new Steps.StepAttempt("unmaskings", outcome.Failure, form, []), cancellation);
    }

    private static async Task<IResult> ShowAsync(CurrentActor actor, DecideUnmasking decide, Guid? about, Failure? failure, CancellationToken cancellation) =>
        new RazorComponentResult<WaitingPage>(new { Waiting = await decide.WaitingAsync(actor.Value, cancellation), About = about, Failure = failure })
        {
            StatusCode = failure is null ? StatusCodes.Status200OK : failure is Failure.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
        };

    private static async Task<IResult> DecideOnPageAsync(Guid id, HttpContext http, CurrentActor actor, DecideUnmasking decide, CallerSource callers, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var outcome = await decide.RunAsync(id, new(bool.TryParse(form["isGranted"], out var granted) ? granted : null, form["reason"]), callers.Any(), cancellation);
        return outcome.Succeeded ? Results.LocalRedirect(Address)
            : outcome.Failure is Failure.NotFound ? Refusal.Of(outcome.Failure)
            : await ShowAsync(actor, decide, id, outcome.Failure, cancellation);
    }

    private static async Task<IResult> WhoLookedAsync(string number, ReadRequest read, OpenParts open, CallerSource callers, CancellationToken cancellation)
    {
        var seen = await read.RunAsync(number, await callers.ForAsync(number, cancellation), cancellation);
        return !seen.Succeeded ? new Problem(seen.Failure)
            : seen.Value.Depth == Depth.Public || seen.Value.Staff is { IsContactHeldBack: true } ? new Problem(Steps.StepRunner.Unknown(number))
            : Results.Json(await open.WhoLookedAsync(seen.Value.Id, withNames: seen.Value.Depth == Depth.Staff, cancellation), Json.Plain);
    }

    private static T? Parse<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
