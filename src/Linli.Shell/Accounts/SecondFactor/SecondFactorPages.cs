using System.Text;
using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Http;
using Linli.Shell.Site;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>/sign-in/second and /me/second-factor.</summary>
internal static class SecondFactorPages
{
    public const string Step = "/sign-in/second";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Step, (HalfSignIn half, string? @return) => half.Read() is null ? Results.LocalRedirect("/sign-in") : StepPage(@return, null)).Public().ExcludeFromDescription();
        routes.MapPost(Step, UseAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        var own = routes.MapGroup("/me/second-factor").Requires(Permission.OwnAccount).ExcludeFromDescription();
        own.MapGet("", (Desk desk, string? done, CancellationToken cancellation) => desk.ShowAsync(done is not null, null, null, cancellation));
        own.MapGet("/picture.svg", PictureAsync);
        own.MapPost("/begin", BeginAsync).Confirmed("设置验证器");
        own.MapPost("/confirm", ConfirmAsync);
        own.MapPost("/remove", RemoveAsync).Confirmed("移除验证器");
        own.MapPost("/codes", RenewAsync).Confirmed("换恢复码");
    }

    private static FormPage<SecondStepPage> StepPage(string? back, Failure? failure) => new(new { Return = LocalAddress.OrElse(back, ""), Failure = failure }, failure);

    private static async Task<IResult> UseAsync(SecondStep second, IOptions<SiteOptions> site, [FromForm] string? code, [FromForm] string? @return, CancellationToken cancellation)
    {
        var account = await second.HandleAsync(code, cancellation);
        return account.Succeeded ? Results.LocalRedirect(LocalAddress.OrElse(@return, site.Value.StaffHome)) : StepPage(@return, account.Failure);
    }

    /// <summary>An image of its own, because the content policy allows no picture inside the page; never kept.</summary>
    private static async Task<IResult> PictureAsync(HttpContext context, Authenticator authenticator, CurrentActor current, CancellationToken cancellation)
    {
        var pending = await authenticator.PendingAsync(current.Value, cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(pending is null ? QrPicture.Empty : QrPicture.Of(pending.Address), "image/svg+xml", Encoding.UTF8);
    }

    private static async Task<IResult> BeginAsync(Authenticator authenticator, CurrentActor current, CancellationToken cancellation)
    {
        await authenticator.BeginAsync(current.Value, cancellation);
        return Results.LocalRedirect("/me/second-factor#authenticator");
    }

    private static async Task<IResult> ConfirmAsync(Authenticator authenticator, CurrentActor current, Desk desk, [FromForm] string? code, CancellationToken cancellation) =>
        await desk.ShowAsync(await authenticator.ConfirmAsync(current.Value, code, cancellation), cancellation);

    private static async Task<IResult> RemoveAsync(Authenticator authenticator, CurrentActor current, Desk desk, CancellationToken cancellation) =>
        await desk.ShowAsync(await authenticator.RemoveAsync(current.Value, cancellation), cancellation);

    private static async Task<IResult> RenewAsync(Authenticator authenticator, CurrentActor current, Desk desk, CancellationToken cancellation) =>
        await desk.ShowAsync(await authenticator.RenewCodesAsync(current.Value, cancellation), cancellation);

    /// <summary>Puts the page together.</summary>
    internal sealed class Desk(Factors factors, Authenticator authenticator, KeepPasskeys passkeys, CurrentActor current)
    {
        public Task<IResult> ShowAsync(Outcome<FactorAdded> outcome, CancellationToken cancellation) =>
            ShowAsync(outcome.Succeeded, outcome.Succeeded ? outcome.Value.RecoveryCodes : null, outcome.Succeeded ? null : outcome.Failure, cancellation);

        public async Task<IResult> ShowAsync(bool done, IReadOnlyList<string>? codes, Failure? failure, CancellationToken cancellation) => new FormPage<SecondFactorPage>(new
        {
            State = await factors.OfAsync(current.Value.Id, cancellation), Pending = await authenticator.PendingAsync(current.Value, cancellation),
            Passkeys = await passkeys.ListAsync(current.Value.Id, cancellation), Done = done, Codes = codes ?? [], Failure = failure,
        }, failure)
        { Refused = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }
}
