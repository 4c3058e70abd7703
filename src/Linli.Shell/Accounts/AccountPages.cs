using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Limits;
using Linli.Shell.Http;
using Linli.Shell.People;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts;

/// <summary>One's own account: /me, and choosing a password with a one-time code.</summary>
internal static class AccountPages
{
    private const string PasswordChanged = "密码已修改，其他设备上的登录已经失效。";
    private const string ContactKept = "邮箱和手机号码已保存。";
    private const string LanguageKept = "语言已保存。";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/code", () => CodePage(null, null)).Public().ExcludeFromDescription();
        routes.MapPost("/sign-in/code", UseCodeAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        var me = routes.MapGroup("/me").Requires(Permission.OwnAccount).ExcludeFromDescription();
        me.MapGet("", ShowAsync);
        me.MapPost("/password", ChangePasswordAsync);
        me.MapPost("/contact", ChangeContactAsync).Confirmed("修改自己的邮箱或手机号码");
        me.MapPost("/language", ChangeLanguageAsync);
        me.MapGet("/sessions", ShowSessionsAsync);
        me.MapPost("/sessions/{id:guid}/end", EndSessionAsync);
        me.MapPost("/sessions/end-others", EndOthersAsync);
        me.MapPost("/sign-out-everywhere", SignOutEverywhereAsync);
    }

    private static FormPage<CodePage> CodePage(string? login, Failure? failure) => new(new { Login = login, Failure = failure }, failure);

    private static async Task<IResult> UseCodeAsync(
        UseCode use, SecondStep second, IOptions<SiteOptions> site, [FromForm] string? login, [FromForm] string? code, [FromForm] string? password, CancellationToken cancellation)
    {
        var account = await use.HandleAsync(login, code, password, cancellation);
        if (!account.Succeeded)
        {
            return CodePage(login, account.Failure);
        }

        return Results.LocalRedirect(await second.AfterAsync(account.Value, Means.OneTimeCode, cancellation) == SecondStep.Needed ? SecondFactorPages.Step : site.Value.StaffHome);
    }

    private static Task<IResult> ShowAsync(ReadPeople people, CurrentActor current, string? done, CancellationToken cancellation) =>
        PageAsync(people, current, done switch { "password" => PasswordChanged, "language" => LanguageKept, "contact" => ContactKept, _ => null }, null, cancellation);

    private static async Task<IResult> PageAsync(ReadPeople people, CurrentActor current, string? done, Failure? failure, CancellationToken cancellation, AccountContact? typed = null)
    {
        var person = await people.OneAsync(current.Value.Id, cancellation);
        return new FormPage<MePage>(new { Person = person.Value, Done = done, Failure = failure, Form = typed is null ? null : "contact", Typed = typed }, failure);
    }

    private static async Task<IResult> ChangePasswordAsync(
        ChangeOwn own, OpenSession open, ReadPeople people, CurrentActor current, [FromForm] string? old, [FromForm] string? password, CancellationToken cancellation)
    {
        var account = await own.PasswordAsync(current.Value, old, password, cancellation);
        if (!account.Succeeded)
        {
            return await PageAsync(people, current, null, account.Failure, cancellation);
        }

        await open.HandleAsync(account.Value.Id, Means.Password, cancellation);
        return Results.LocalRedirect("/me?done=password");
    }

    private static async Task<IResult> ChangeContactAsync(ChangeOwn own, ReadPeople people, CurrentActor current, [FromForm] string? email, [FromForm] string? phone, CancellationToken cancellation)
    {
        var account = await own.ContactAsync(current.Value, email, phone, cancellation);
        return account.Succeeded ? Results.LocalRedirect("/me?done=contact") : await PageAsync(people, current, null, account.Failure, cancellation, new AccountContact(email, phone));
    }

    private static async Task<IResult> ChangeLanguageAsync(
        HttpContext context, ChangeOwn own, ReadPeople people, CurrentActor current, [FromForm] string? language, CancellationToken cancellation)
    {
        var account = await own.LanguageAsync(current.Value, string.IsNullOrEmpty(language) ? null : language, cancellation);
        if (!account.Succeeded)
        {
            return await PageAsync(people, current, null, account.Failure, cancellation);
        }

        context.Response.Cookies.Delete(Preferences.LanguageCookie);
        Preferences.KeepLanguage(context, account.Value.Language);
        return Results.LocalRedirect("/me?done=language");
    }

    private static async Task<IResult> ShowSessionsAsync(ReadSessions read, CurrentActor current, string? done, CancellationToken cancellation) =>
        new RazorComponentResult<SessionsPage>(new { Sessions = await read.OfAsync(current.Value.Id, current.Session, cancellation), Done = done is not null });

    private static async Task<IResult> EndSessionAsync(EndSessions end, CurrentActor current, Guid id, CancellationToken cancellation)
    {
        await end.OneAsync(current.Value, id, cancellation);   // one that is over already is what was wanted
        return Results.LocalRedirect("/me/sessions?done=one");
    }

    private static async Task<IResult> EndOthersAsync(EndSessions end, CurrentActor current, CancellationToken cancellation)
    {
        await end.OthersAsync(current.Value, current.Session ?? Guid.Empty, cancellation);
        return Results.LocalRedirect("/me/sessions?done=others");
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, EndSessions end, CurrentActor current, CancellationToken cancellation)
    {
        await end.AllOfAsync(current.Value, current.Value.Id, cancellation);
        await context.LeaveAsync();
        return Results.LocalRedirect("/sign-in");
    }
}
