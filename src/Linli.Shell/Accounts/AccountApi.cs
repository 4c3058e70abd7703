using Linli.Kernel;
using Linli.Shell.Http;
using Linli.Shell.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Accounts;

/// <param name="Old">The one in use.</param>
/// <param name="Password">The new one.</param>
public sealed record PasswordInput(string? Old, string? Password);

/// <param name="Language">zh, en, or absent for what the browser asks.</param>
public sealed record LanguageInput(string? Language);

/// <summary>One's own account for programs; what the page /me does.</summary>
internal static class AccountApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").Requires(Permission.AnyStaff).WithTags("session");
        me.MapGet("", async (ReadPeople people, CurrentActor current, CancellationToken cancellation) => (await people.OneAsync(current.Value.Id, cancellation)).ToHttp())
            .WithName("ReadOwnAccount").WithSummary("One's own account, with the names of organisations and areas.").Produces<Person>();
        me.MapPut("/password", ChangePasswordAsync).WithName("ChangePassword")
            .WithSummary("Changes one's password; every other sign-in ends, this one is renewed.").WithExample(new PasswordInput("…", "…")).Produces(StatusCodes.Status204NoContent);
        me.MapPut("/language", async (ChangeOwn own, CurrentActor current, LanguageInput input, CancellationToken cancellation) =>
                await own.LanguageAsync(current.Value, input.Language, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("ChangeLanguage").WithSummary("The language of mail and notices.").WithExample(new LanguageInput("en")).Produces(StatusCodes.Status204NoContent);
        me.MapDelete("/sessions", SignOutEverywhereAsync).WithName("SignOutEverywhere").WithSummary("Ends every sign-in of the account, this one too.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext context, ChangeOwn own, CurrentActor current, PasswordInput input, CancellationToken cancellation)
    {
        var account = await own.PasswordAsync(current.Value, input.Old, input.Password, cancellation);
        if (!account.Succeeded)
        {
            return new Problem(account.Failure);
        }

        await SessionTicket.IssueAsync(context, account.Value);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, ChangeOwn own, CurrentActor current, CancellationToken cancellation)
    {
        await own.SignOutEverywhereAsync(current.Value, cancellation);
        await context.SignOutAsync(SessionTicket.Scheme);
        return Results.NoContent();
    }
}
