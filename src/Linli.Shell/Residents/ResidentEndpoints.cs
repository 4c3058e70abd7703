using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Authentication;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Residents;

/// <summary>A resident's account: /sign-in/resident and /my.</summary>
internal static class ResidentEndpoints
{
    public const string SignInPage = "/sign-in/resident";
    public const string CodePage = "/sign-in/resident/code";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPage, (CurrentActor current) => current.Resident is null ? AskPage(null) : Results.LocalRedirect("/my")).Public().ExcludeFromDescription();
        routes.MapPost(SignInPage, SendAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        routes.MapGet(CodePage, (SentCookie sent) => sent.Read() is null ? Results.LocalRedirect(SignInPage) : EnterPage(null)).Public().ExcludeFromDescription();
        routes.MapPost(CodePage, SignInAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        var my = routes.MapGroup("/my").Requires(Permission.Resident).ExcludeFromDescription();
        my.MapGet("", (Desk desk, string? done, CancellationToken cancellation) => desk.ShowAsync(new Shown(Done: done is not null), cancellation));
        my.MapPost("/contact", ChangeAsync).Confirmed();
        my.MapPost("/contact/code", ConfirmChangeAsync);
        my.MapPost("/sign-out-everywhere", SignOutEverywhereAsync);
        my.MapPost("/delete", DeleteAsync).Confirmed();
        ResidentApi.Map(routes);
    }

    private static FormPage<ResidentSignInPage> AskPage(Failure? failure, string? to = null) => new(new { Failure = failure, To = to }, failure) { Refused = Status(failure) };

    private static FormPage<ResidentCodePage> EnterPage(Failure? failure) => new(new { Failure = failure }, failure) { Refused = Status(failure) };

    private static int Status(Failure? failure) => failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure);

    private static async Task<IResult> SendAsync(SendCode send, SentCookie cookie, [FromForm] string? to, CancellationToken cancellation)
    {
        var sent = await send.HandleAsync(to, null, cancellation);
        if (!sent.Succeeded)
        {
            return AskPage(sent.Failure, to);
        }

        cookie.Put(sent.Value);
        return Results.LocalRedirect(CodePage);
    }

    private static async Task<IResult> SignInAsync(ResidentSignIn signIn, SentCookie cookie, [FromForm] string? code, CancellationToken cancellation)
    {
        var resident = await signIn.HandleAsync(cookie.Read(), code, cancellation);
        return resident.Succeeded ? Results.LocalRedirect("/my") : EnterPage(resident.Failure);
    }

    private static async Task<IResult> ChangeAsync(SendCode send, SentCookie cookie, Desk desk, CurrentActor current, [FromForm] string? to, CancellationToken cancellation)
    {
        var sent = await send.HandleAsync(to, current.Value.Id, cancellation);
        if (!sent.Succeeded)
        {
            return await desk.ShowAsync(new Shown(To: to, Failure: sent.Failure), cancellation);
        }

        cookie.Put(sent.Value);
        return await desk.ShowAsync(new Shown(AsksCode: true), cancellation);
    }

    private static async Task<IResult> ConfirmChangeAsync(ResidentSignIn signIn, SentCookie cookie, Desk desk, CurrentActor current, [FromForm] string? code, CancellationToken cancellation)
    {
        var changed = await signIn.ChangeAsync(current.Value.Id, cookie.Read(), code, cancellation);
        return changed.Succeeded ? Results.LocalRedirect("/my?done=contact") : await desk.ShowAsync(new Shown(AsksCode: true, Failure: changed.Failure), cancellation);
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, EndSessions end, CurrentActor current, CancellationToken cancellation)
    {
        await end.AllOfResidentAsync(current.Value, cancellation);
        await context.SignOutAsync(SessionTicket.Scheme);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, OwnResident own, CurrentActor current, CancellationToken cancellation)
    {
        await own.DeleteAsync(current.Value.Id, cancellation);
        await context.SignOutAsync(SessionTicket.Scheme);
        return Results.LocalRedirect("/");
    }

    internal sealed record Shown(bool Done = false, bool AsksCode = false, string? To = null, Failure? Failure = null);

    /// <summary>Puts /my together.</summary>
    internal sealed class Desk(OwnResident own, CurrentActor current)
    {
        public async Task<IResult> ShowAsync(Shown shown, CancellationToken cancellation) => new FormPage<MyPage>(new
        {
            Account = await own.ReadAsync(current.Value.Id, cancellation), shown.Done, shown.AsksCode, shown.To, shown.Failure,
        }, shown.Failure)
        { Refused = Status(shown.Failure) };
    }
}
