using Linli.Kernel;
using Linli.Shell.Http;
using Linli.Shell.People;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Authentication;
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
    private const string LanguageKept = "语言已保存。";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/code", () => CodePage(null, null)).Public().ExcludeFromDescription();
        routes.MapPost("/sign-in/code", UseCodeAsync).Public().ExcludeFromDescription();
        routes.MapGet("/me", ShowAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/me/password", ChangePasswordAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/me/language", ChangeLanguageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/me/sign-out-everywhere", SignOutEverywhereAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
    }

    private static RazorComponentResult<CodePage> CodePage(string? login, Failure? failure) =>
        new(new { Login = login, Failure = failure }) { StatusCode = failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static async Task<IResult> UseCodeAsync(
        HttpContext context, UseCode use, IOptions<SiteOptions> site, [FromForm] string? login, [FromForm] string? code, [FromForm] string? password, CancellationToken cancellation)
    {
        var account = await use.HandleAsync(login, code, password, cancellation);
        if (!account.Succeeded)
        {
            return CodePage(login, account.Failure);
        }

        await SessionTicket.IssueAsync(context, account.Value);
        return Results.LocalRedirect(site.Value.StaffHome);
    }

    private static Task<IResult> ShowAsync(ReadPeople people, CurrentActor current, string? done, CancellationToken cancellation) =>
        PageAsync(people, current, done switch { "password" => PasswordChanged, "language" => LanguageKept, _ => null }, null, cancellation);

    private static async Task<IResult> PageAsync(ReadPeople people, CurrentActor current, string? done, Failure? failure, CancellationToken cancellation)
    {
        var person = await people.OneAsync(current.Value.Id, cancellation);
        return new RazorComponentResult<MePage>(new { Person = person.Value, Done = done, Failure = failure })
        {
            StatusCode = failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, ChangeOwn own, ReadPeople people, CurrentActor current, [FromForm] string? old, [FromForm] string? password, CancellationToken cancellation)
    {
        var account = await own.PasswordAsync(current.Value, old, password, cancellation);
        if (!account.Succeeded)
        {
            return await PageAsync(people, current, null, account.Failure, cancellation);
        }

        await SessionTicket.IssueAsync(context, account.Value);
        return Results.LocalRedirect("/me?done=password");
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

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext context, ChangeOwn own, CurrentActor current, CancellationToken cancellation)
    {
        await own.SignOutEverywhereAsync(current.Value, cancellation);
        await context.SignOutAsync(SessionTicket.Scheme);
        return Results.LocalRedirect("/sign-in");
    }
}
