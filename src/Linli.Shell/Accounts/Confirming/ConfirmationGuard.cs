using Linli.Kernel;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Confirming;

/// <summary>Marks an endpoint that asks for the password again when it was not given in the last minutes.</summary>
/// <param name="What">What is done then, for the page that asks; null where no page leads there.</param>
public sealed record AsksForConfirmation(string? What);

public static class Confirmation
{
    /// <summary>Sensitive: whoever sits down at a desk that somebody left cannot do it.</summary>
    public static TBuilder Confirmed<TBuilder>(this TBuilder endpoint, string? what = null) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AsksForConfirmation(what));
}

/// <summary>
/// Stands between permission and endpoint. Programs are told to confirm first; people get a page that asks for the password and then does what they
/// wanted, with everything they had typed, without script.
/// </summary>
internal sealed class ConfirmationGuard(RequestDelegate next, IOptions<AccountsOptions> options, TimeProvider clock)
{
    public const string Field = "confirm";
    public const string BackField = "confirm-back";

    private static Failure Needed { get; } = new Failure.Conflict("confirmation_needed", "这一步需要再确认一次身份。请先用 PUT /api/me/confirmation 提交密码。");

    public async Task InvokeAsync(HttpContext context, CurrentActor current, ConfirmSelf confirm, KeepPasskeys passkeys)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AsksForConfirmation>() is not { } asks || current.Session is not { } session
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

        var typed = form.Where(f => f.Key is not (Field or BackField)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        Problem.SetWait(context.Response, confirmed?.Failure);
        await new RazorComponentResult<ConfirmPage>(new
        {
            Action = LocalAddress.Of(context.Request), asks.What, Back = BackOf(context.Request, form[BackField]), Typed = typed, confirmed?.Failure,
            HasPasskey = (await passkeys.ListAsync(current.Value.Id, context.RequestAborted)).Count > 0,
        })
        {
            StatusCode = confirmed?.Failure is Failure.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden,
        }.ExecuteAsync(context);
    }

    /// <summary>The page on which it was pressed: as this page has kept it, or as the browser says the first time.</summary>
    private static string BackOf(HttpRequest request, string? kept) => LocalAddress.OrElse(
        kept ?? (Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? page.PathAndQuery : null), "/me");
}
