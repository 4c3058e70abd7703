using Linli.Kernel;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Confirming;

/// <summary>Marks an endpoint that asks for the password again when it was not given in the last minutes.</summary>
public sealed record AsksForConfirmation;

public static class Confirmation
{
    /// <summary>Sensitive: whoever sits down at a desk that somebody left cannot do it.</summary>
    public static TBuilder Confirmed<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AsksForConfirmation());
}

/// <summary>
/// Stands between permission and endpoint. Programs are told to confirm first; people get a page that asks for the password and then does what they
/// wanted, with everything they had typed, without script.
/// </summary>
internal sealed class ConfirmationGuard(RequestDelegate next, IOptions<AccountsOptions> options, TimeProvider clock)
{
    public const string Field = "confirm";

    private static Failure Needed { get; } = new Failure.Conflict("confirmation_needed", "这一步需要再确认一次身份。请先用 PUT /api/me/confirmation 提交密码。");

    public async Task InvokeAsync(HttpContext context, CurrentActor current, ConfirmSelf confirm)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AsksForConfirmation>() is null || current.Session is not { } session
            || current.ConfirmedAt + options.Value.Confirmed > clock.GetUtcNow())
        {
            await next(context);
            return;
        }

        if (current.Resident is not null && !Refusal.IsForProgram(context))
        {
            await new RazorComponentResult<ConfirmResidentPage>().ExecuteAsync(context);   // whoever has a code instead of a password signs in again
            return;
        }

        if (Refusal.IsForProgram(context) || !context.Request.HasFormContentType)
        {
            await new Problem(Needed).ExecuteAsync(context);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var confirmed = form.ContainsKey(Field) ? await confirm.ByPasswordAsync(current.Value, session, form[Field], context.RequestAborted) : null;
        if (confirmed is { Succeeded: true })
        {
            current.ConfirmedAt = clock.GetUtcNow();
            await next(context);
            return;
        }

        var typed = form.Where(f => f.Key != Field).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        await new RazorComponentResult<ConfirmPage>(new { Action = LocalAddress.Of(context.Request), Typed = typed, confirmed?.Failure })
        {
            StatusCode = StatusCodes.Status403Forbidden,
        }.ExecuteAsync(context);
    }
}
