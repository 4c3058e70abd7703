using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Accounts.Passkeys;

/// <param name="Name">What its owner calls it; only when one is added.</param>
/// <param name="Credential">What the browser gave, as WebAuthn writes it in JSON.</param>
public sealed record PasskeyInput(string? Name, JsonElement Credential);

/// <summary>Passkeys: the browser's script talks to /api; removing one is a form like any other.</summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session/passkey").Public().WithTags("session");
        session.MapPost("/options", async (UsePasskey use, CancellationToken cancellation) => Json(await use.BeginAsync(null, cancellation)))
            .WithName("BeginPasskeySignIn").WithSummary("What a passkey is to sign, for signing in (WebAuthn request options).").Produces<JsonObject>();
        session.MapPost("", async (UsePasskey use, PasskeyInput input, CancellationToken cancellation) => Done(await use.SignInAsync(input.Credential, cancellation)))
            .Costs(Cost.SigningIn).WithName("SignInWithPasskey").WithSummary("Signs in with a passkey; no second factor is asked for, it is both.")
            .WithExample(Example(null)).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);

        var confirmation = routes.MapGroup("/api/me/confirmation/passkey").Requires(Permission.OwnAccount).WithTags("session");
        confirmation.MapPost("/options", async (UsePasskey use, CurrentActor current, CancellationToken cancellation) => Json(await use.BeginAsync(current.Value.Id, cancellation)))
            .WithName("BeginPasskeyConfirmation").WithSummary("What a passkey is to sign, for confirming.").Produces<JsonObject>();
        confirmation.MapPut("", async (UsePasskey use, CurrentActor current, PasskeyInput input, CancellationToken cancellation) =>
                Done(await use.ConfirmAsync(current.Value, current.Session ?? Guid.Empty, input.Credential, cancellation)))
            .WithName("ConfirmWithPasskey").WithSummary("Confirms with a passkey in place of the password.")
            .WithExample(Example(null)).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);

        var own = routes.MapGroup("/api/me/passkeys").Requires(Permission.OwnAccount).WithTags("session");
        own.MapGet("", (KeepPasskeys keep, CurrentActor current, CancellationToken cancellation) => keep.ListAsync(current.Value.Id, cancellation))
            .WithName("ListPasskeys").WithSummary("One's own passkeys.").Produces<IReadOnlyList<ShownPasskey>>();
        own.MapPost("/options", async (KeepPasskeys keep, CurrentActor current, CancellationToken cancellation) =>
                await keep.BeginAsync(current.Value, cancellation) is { Succeeded: true } asked ? Json(asked.Value) : new Problem(new Failure.Conflict("too_many_passkeys", "最多 {0} 个通行密钥。请先移除不用的。", Passkey.Most))).Confirmed()
            .WithName("BeginPasskey").WithSummary("What a new passkey is made from (WebAuthn creation options).").Produces<JsonObject>().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("", async (KeepPasskeys keep, CurrentActor current, PasskeyInput input, CancellationToken cancellation) =>
                (await keep.AddAsync(current.Value, input.Name, input.Credential, cancellation)).ToHttp()).Confirmed()
            .WithName("AddPasskey").WithSummary("Adds a passkey. The first second factor brings ten recovery codes, shown this once.")
            .WithExample(Example("My telephone")).Produces<FactorAdded>().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/{id:guid}", async (KeepPasskeys keep, CurrentActor current, Guid id, CancellationToken cancellation) => Done(await keep.RemoveAsync(current.Value, id, cancellation))).Confirmed()
            .WithName("RemovePasskey").WithSummary("Removes a passkey.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/me/passkeys/{id:guid}/remove", async (KeepPasskeys keep, CurrentActor current, Guid id, CancellationToken cancellation) =>
                await keep.RemoveAsync(current.Value, id, cancellation) is { Succeeded: false } refused ? Refusal.Of(refused.Failure) : Results.LocalRedirect("/me/second-factor?done=passkey"))
            .Requires(Permission.OwnAccount).Confirmed("移除通行密钥").ExcludeFromDescription();
    }

    private static IResult Json(string options) => Results.Content(options, "application/json");

    private static IResult Done<T>(Outcome<T> outcome) where T : notnull => outcome.Succeeded ? Results.NoContent() : new Problem(outcome.Failure);

    private static PasskeyInput Example(string? name) => new(name, JsonSerializer.SerializeToElement(new { id = "…", type = "public-key", response = new { } }));
}
