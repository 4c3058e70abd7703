using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Authentication;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Residents;

/// <param name="To">A telephone number or an e-mail address.</param>
public sealed record CodeRequest(string? To);

/// <param name="Code">The six digits.</param>
public sealed record CodeAnswer(string? Code);

/// <summary>A resident's account for programs; what the pages do.</summary>
internal static class ResidentApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/resident/code", async (SendCode send, SentCookie cookie, CodeRequest input, CancellationToken cancellation) => Sent(await send.HandleAsync(input.To, null, cancellation), cookie))
            .Public().Costs(Cost.SigningIn).WithTags("residents").WithName("SendCode").WithSummary("Sends a code to a telephone or an e-mail address, whether there is an account or not.")
            .WithExample(new CodeRequest("name@example.com")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/api/resident/session", async (ResidentSignIn signIn, SentCookie cookie, CodeAnswer input, CancellationToken cancellation) => Done(await signIn.HandleAsync(cookie.Read(), input.Code, cancellation)))
            .Public().Costs(Cost.SigningIn).WithTags("residents").WithName("SignInResident").WithSummary("Signs in with the code that was sent to this device; the first time makes the account.")
            .WithExample(new CodeAnswer("492039")).Produces(StatusCodes.Status204NoContent);
        var own = routes.MapGroup("/api/resident").Requires(Permission.Resident).WithTags("residents");
        own.MapGet("", (OwnResident resident, CurrentActor current, CancellationToken cancellation) => resident.ReadAsync(current.Value.Id, cancellation))
            .WithName("ReadOwnResident").WithSummary("One's own account; numbers and addresses with most of their characters hidden.").Produces<OwnAccount>();
        own.MapPost("/contact", async (SendCode send, SentCookie cookie, CurrentActor current, CodeRequest input, CancellationToken cancellation) => Sent(await send.HandleAsync(input.To, current.Value.Id, cancellation), cookie)).Confirmed()
            .WithName("ChangeContact").WithSummary("Sends a code to a new telephone number or e-mail address of one's own.")
            .WithExample(new CodeRequest("name@example.com")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPut("/contact", async (ResidentSignIn signIn, SentCookie cookie, CurrentActor current, CodeAnswer input, CancellationToken cancellation) => Done(await signIn.ChangeAsync(current.Value.Id, cookie.Read(), input.Code, cancellation)))
            .WithName("ConfirmContact").WithSummary("Confirms it with the code.").WithExample(new CodeAnswer("492039")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/sessions", async (HttpContext context, EndSessions end, CurrentActor current, CancellationToken cancellation) =>
        {
            await end.AllOfResidentAsync(current.Value, cancellation);
            await context.SignOutAsync(SessionTicket.Scheme);
            return Results.NoContent();
        }).WithName("SignOutResidentEverywhere").WithSummary("Ends every sign-in of one's own account.").Produces(StatusCodes.Status204NoContent);
        own.MapDelete("", async (HttpContext context, OwnResident resident, CurrentActor current, CancellationToken cancellation) =>
        {
            await resident.DeleteAsync(current.Value.Id, cancellation);
            await context.SignOutAsync(SessionTicket.Scheme);
            return Results.NoContent();
        }).Confirmed().WithName("DeleteOwnResident").WithSummary("Deletes one's own account. Requests stay, and belong to nobody; their secret codes still work.").Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Sent(Outcome<Guid> sent, SentCookie cookie)
    {
        if (!sent.Succeeded)
        {
            return new Problem(sent.Failure);
        }

        cookie.Put(sent.Value);
        return Results.NoContent();
    }

    private static IResult Done(Outcome<Guid> outcome) => outcome.Succeeded ? Results.NoContent() : new Problem(outcome.Failure);
}
