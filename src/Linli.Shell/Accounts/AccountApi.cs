using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Linli.Shell.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Accounts;

/// <param name="Old">The one in use.</param>
/// <param name="Password">The new one.</param>
public sealed record PasswordInput(string? Old, string? Password);

/// <param name="Password">The one in use.</param>
public sealed record ConfirmationInput(string? Password);

/// <param name="Email">Where letters go; empty for none.</param>
/// <param name="Phone">Mobile number for messages about the account itself; empty for none.</param>
public sealed record ContactInput(string? Email, string? Phone);

/// <param name="Language">zh, en, or absent for what the browser asks.</param>
public sealed record LanguageInput(string? Language);

/// <summary>One's own account for programs; what the page /me does.</summary>
internal static class AccountApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").Requires(Permission.OwnAccount).WithTags("session");
        me.MapGet("", async (ReadPeople people, CurrentActor current, CancellationToken cancellation) => (await people.OneAsync(current.Value.Id, cancellation)).ToHttp())
            .WithName("ReadOwnAccount").WithSummary("One's own account, with the names of organisations and areas.").Produces<Person>();
        me.MapPut("/password", ChangePasswordAsync).WithName("ChangePassword")
            .WithSummary("Changes one's password; every other sign-in ends, this one is renewed.").WithExample(new PasswordInput("…", "…")).Produces(StatusCodes.Status204NoContent);
        me.MapPut("/language", async (ChangeOwn own, CurrentActor current, LanguageInput input, CancellationToken cancellation) =>
                await own.LanguageAsync(current.Value, input.Language, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("ChangeLanguage").WithSummary("The language of mail and notices.").WithExample(new LanguageInput("en")).Produces(StatusCodes.Status204NoContent);
        me.MapPut("/contact", async (ChangeOwn own, CurrentActor current, ContactInput input, CancellationToken cancellation) =>
                await own.ContactAsync(current.Value, input.Email, input.Phone, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .Confirmed().WithName("ChangeOwnAccountContact").WithSummary("Changes one's e-mail address and telephone; what is left out is removed. The old ones are told too.")
            .WithExample(new ContactInput("li.na@example.com", "13800000000")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        me.MapPut("/confirmation", async (ConfirmSelf confirm, CurrentActor current, ConfirmationInput input, CancellationToken cancellation) =>
                await confirm.ByPasswordAsync(current.Value, current.Session ?? Guid.Empty, input.Password, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("ConfirmSelf").WithSummary("Gives the password again. What is sensitive answers 409 confirmation_needed when the last time was more than ten minutes ago.")
            .WithExample(new ConfirmationInput("…")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        me.MapGet("/sessions", (ReadSessions read, CurrentActor current, CancellationToken cancellation) => read.OfAsync(current.Value.Id, current.Session, cancellation))
            .WithName("ListSessions").WithSummary("Where one is signed in, the last used first.").Produces<IReadOnlyList<ShownSession>>();
        me.MapDelete("/sessions/{id:guid}", async (EndSessions end, CurrentActor current, Guid id, CancellationToken cancellation) =>
                await end.OneAsync(current.Value, id, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("EndSession").WithSummary("Ends one sign-in.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        me.MapDelete("/sessions/others", EndOthersAsync).WithName("EndOtherSessions").WithSummary("Ends every sign-in but the one that calls.").Produces(StatusCodes.Status204NoContent);
        me.MapDelete("/sessions", SignOutEverywhereAsync).WithName("SignOutEverywhere").WithSummary("Ends every sign-in of the account, this one too.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ChangePasswordAsync(ChangeOwn own, OpenSession open, CurrentActor current, PasswordInput input, CancellationToken cancellation)
    {
        var account = await own.PasswordAsync(current.Value, input.Old, input.Password, cancellation);
        if (!account.Succeeded)
        {
            return new Problem(account.Failure);
        }

        await open.HandleAsync(account.Value.Id, Means.Password, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> EndOthersAsync(EndSessions end, CurrentActor current, CancellationToken cancellation)
    {
        await end.OthersAsync(current.Value, current.Session ?? Guid.Empty, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, EndSessions end, CurrentActor current, CancellationToken cancellation)
    {
        await end.AllOfAsync(current.Value, current.Value.Id, cancellation);
        await context.LeaveAsync();
        return Results.NoContent();
    }
}
