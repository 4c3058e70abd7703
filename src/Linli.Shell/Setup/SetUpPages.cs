using Linli.Kernel;
using Linli.Shell.Limits;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Linli.Shell.People;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Setup;

/// <summary>/setup: there only while there is no account.</summary>
internal static class SetUpPages
{
    private static readonly PersonInput Nobody = new(null, null, null, null, null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", ShowAsync).Public().ExcludeFromDescription();
        routes.MapPost("/setup", PostAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        routes.MapPost("/api/setup", SendAsync).Public().Costs(Cost.SigningIn).WithName("SetUp").WithTags("session")
            .WithSummary("Creates the first administrator of a store without accounts, with the token that stands in the log of the start.")
            .WithExample(new FirstAdministrator("…", "admin", "Li Na", "…")).Produces<AddedPerson>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ShowAsync(SetUp setUp, string? token, CancellationToken cancellation) =>
        await setUp.IsNeededAsync(cancellation) ? Page(token, Nobody, null) : Results.LocalRedirect("/sign-in");

    private static async Task<IResult> PostAsync(
        SetUp setUp, OpenSession open, IOptions<SiteOptions> site,
        [FromForm] string? token, [FromForm] string? login, [FromForm] string? name, [FromForm] string? password, CancellationToken cancellation)
    {
        var input = new PersonInput(login, name, null, null, null);
        var added = await setUp.HandleAsync(token, input, password, cancellation);
        if (!added.Succeeded)
        {
            return Page(token, input, added.Failure);
        }

        await open.HandleAsync(added.Value.Id, Means.Password, cancellation);
        return Results.LocalRedirect(site.Value.StaffHome);
    }

    private static async Task<IResult> SendAsync(SetUp setUp, FirstAdministrator input, CancellationToken cancellation)
    {
        var added = await setUp.HandleAsync(input.Token, new PersonInput(input.Login, input.Name, null, null, null), input.Password, cancellation);
        return added.Succeeded ? Results.Created($"/api/people/{added.Value.Id}", added.Value) : new Problem(added.Failure);
    }

    private static RazorComponentResult<SetUpPage> Page(string? token, PersonInput input, Failure? failure) =>
        new(new { Token = token, Input = input, Failure = failure }) { StatusCode = failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
}

/// <param name="Token">From the log of the start.</param>
public sealed record FirstAdministrator(string? Token, string? Login, string? Name, string? Password);
