using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Accounts.SecondFactor;

/// <param name="Code">Six digits of the app, or a recovery code.</param>
public sealed record FactorCode(string? Code);

/// <summary>The second factor for programs; what the pages do.</summary>
internal static class SecondFactorApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/session/second", async (SecondStep second, LoadActor load, FactorCode input, CancellationToken cancellation) =>
                await second.HandleAsync(input.Code, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .Public().Costs(Cost.SigningIn).WithName("SignInSecond").WithTags("session").WithSummary("The second factor, after POST /api/session answered 409 second_factor_needed. The session is open afterwards.")
            .WithExample(new FactorCode("492039")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        var own = routes.MapGroup("/api/me/second-factor").Requires(Permission.OwnAccount).WithTags("session");
        own.MapGet("", (Factors factors, CurrentActor current, CancellationToken cancellation) => factors.OfAsync(current.Value.Id, cancellation))
            .WithName("ReadSecondFactor").WithSummary("What one has besides the password.").Produces<FactorState>();
        own.MapPost("/authenticator", (Authenticator authenticator, CurrentActor current, CancellationToken cancellation) => authenticator.BeginAsync(current.Value, cancellation)).Confirmed()
            .WithName("BeginAuthenticator").WithSummary("A new secret for an authenticator app; it counts once it is confirmed with a code.").Produces<PendingAuthenticator>();
        own.MapPut("/authenticator", async (Authenticator authenticator, CurrentActor current, FactorCode input, CancellationToken cancellation) =>
                (await authenticator.ConfirmAsync(current.Value, input.Code, cancellation)).ToHttp())
            .WithName("ConfirmAuthenticator").WithSummary("Confirms the secret with a first code. The first second factor brings ten recovery codes, shown this once.")
            .WithExample(new FactorCode("492039")).Produces<FactorAdded>().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/authenticator", async (Authenticator authenticator, CurrentActor current, CancellationToken cancellation) =>
                await authenticator.RemoveAsync(current.Value, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent()).Confirmed()
            .WithName("RemoveAuthenticator").WithSummary("Removes the authenticator app.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPut("/recovery-codes", async (Authenticator authenticator, CurrentActor current, CancellationToken cancellation) =>
                (await authenticator.RenewCodesAsync(current.Value, cancellation)).ToHttp()).Confirmed()
            .WithName("RenewRecoveryCodes").WithSummary("Ten new recovery codes; the old ones are worth nothing.").Produces<FactorAdded>().ProducesProblem(StatusCodes.Status409Conflict);
    }
}
