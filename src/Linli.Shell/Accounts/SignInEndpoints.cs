using Linli.Kernel;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Limits;
using Linli.Shell.Http;
using Linli.Shell.Setup;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts;

/// <summary>Signing in and out, as pages and for programs.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", OpenPageAsync).Public().ExcludeFromDescription();
        routes.MapPost("/sign-in", PostAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).Public().ExcludeFromDescription();
        routes.MapGet("/api/session", Show).Public().WithName("ReadSession").WithTags("session")
            .WithSummary("Who is signed in, with the posts held; 401 for nobody.").Produces<Session>().ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapPost("/api/session", OpenAsync).Public().Costs(Cost.SigningIn).WithName("SignIn").WithTags("session")
            .WithSummary("Sign in with login and password; answers with the session cookie. Later calls that change something send X-Linli: 1.")
            .WithExample(new Credentials("paidan", "…")).Produces<Session>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/api/session/code", UseCodeAsync).Public().Costs(Cost.SigningIn).WithName("UseCode").WithTags("session")
            .WithSummary("Choose a password with the one-time code from the administrator, and be signed in.")
            .WithExample(new CodeInput("paidan", "ABCD-EFGH", "…")).Produces<Session>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete("/api/session", CloseAsync).Public().WithName("SignOut").WithTags("session").WithSummary("Sign out.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> OpenPageAsync(SetUp setUp, CurrentActor current, IOptions<SiteOptions> site, string? @return, CancellationToken cancellation)
    {
        if (current.Account is not null)
        {
            return Results.LocalRedirect(LocalAddress.OrElse(@return, site.Value.StaffHome));
        }

        return await setUp.IsNeededAsync(cancellation) ? Results.LocalRedirect("/setup") : Page(null, @return, null);
    }

    private static FormPage<SignInPage> Page(string? login, string? back, Failure? failure) =>
        new(new { Login = login, Return = LocalAddress.OrElse(back, ""), Failure = failure }, failure);

    private static async Task<IResult> PostAsync(
        SignIn signIn, SecondStep second, IOptions<SiteOptions> site, [FromForm] string? login, [FromForm] string? password, [FromForm] string? @return,
        CancellationToken cancellation)
    {
        var account = await signIn.HandleAsync(login, password, cancellation);
        if (!account.Succeeded)
        {
            return Page(login, @return, account.Failure);
        }

        return await second.AfterAsync(account.Value, Means.Password, cancellation) switch
        {
            null => Results.LocalRedirect(LocalAddress.OrElse(@return, site.Value.StaffHome)),
            var more when more == SecondStep.Needed => Results.LocalRedirect($"{SecondFactorPages.Step}?return={Uri.EscapeDataString(LocalAddress.OrElse(@return, ""))}"),
            var refused => Page(login, @return, refused),
        };
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, CurrentActor current, EndSessions end, CancellationToken cancellation)
    {
        await EndAsync(context, current, end, cancellation);
        return Results.LocalRedirect("/");
    }

    private static IResult Show(CurrentActor current) =>
        current.Account is { } account ? Results.Json(Session.Of(account, current.Value), Json.Plain) : new Problem(new Failure.SignInNeeded());

    private static async Task<IResult> OpenAsync(SignIn signIn, SecondStep second, LoadActor load, Credentials credentials, CancellationToken cancellation) =>
        await IssueAsync(await signIn.HandleAsync(credentials.Login, credentials.Password, cancellation), Means.Password, second, load, cancellation);

    private static async Task<IResult> UseCodeAsync(UseCode use, SecondStep second, LoadActor load, CodeInput input, CancellationToken cancellation) =>
        await IssueAsync(await use.HandleAsync(input.Login, input.Code, input.Password, cancellation), Means.OneTimeCode, second, load, cancellation);

    private static async Task<IResult> IssueAsync(Outcome<Account> account, Means means, SecondStep second, LoadActor load, CancellationToken cancellation)
    {
        if (!account.Succeeded)
        {
            return new Problem(account.Failure);
        }

        var more = await second.AfterAsync(account.Value, means, cancellation);
        if (more is not null || await load.FindAsync(account.Value.Id, null, cancellation) is not { } found)
        {
            return new Problem(more ?? SignIn.Refused);
        }

        return Results.Json(new Session(found.Actor.Id, found.Login, found.Actor.Name, found.NameEn, Session.PostsOf(found.Actor)), Json.Plain);
    }

    private static async Task<IResult> CloseAsync(HttpContext context, CurrentActor current, EndSessions end, CancellationToken cancellation)
    {
        await EndAsync(context, current, end, cancellation);
        return Results.NoContent();
    }

    /// <summary>The row first: a copy of the cookie is worth nothing afterwards either.</summary>
    private static async Task EndAsync(HttpContext context, CurrentActor current, EndSessions end, CancellationToken cancellation)
    {
        if (current.Session is { } session)
        {
            await end.OneAsync(current.Value, session, cancellation);
        }

        await context.LeaveAsync();
    }
}

public sealed record Credentials(string? Login, string? Password);

/// <param name="Code">As the administrator gave it; capitals and dashes make no difference.</param>
/// <param name="Password">The one to be used from now on.</param>
public sealed record CodeInput(string? Login, string? Code, string? Password);

/// <summary>Who is signed in, as programs see it.</summary>
public sealed record Session(Guid Id, string Login, string Name, string? NameEn, IReadOnlyList<SessionPost> Posts)
{
    internal static Session Of(SignedIn account, Kernel.People.Actor actor) =>
        new(account.Id, account.Login, account.Name, account.NameEn, PostsOf(actor));

    internal static IReadOnlyList<SessionPost> PostsOf(Kernel.People.Actor actor) =>
        [.. actor.Posts.Select(p => new SessionPost(p.Role, p.OrganisationId, p.AreaCode))];
}

public sealed record SessionPost(Kernel.People.Role Role, Guid? OrganisationId, string AreaCode);
