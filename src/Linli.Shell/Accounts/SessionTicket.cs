using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts;

/// <summary>What the sign-in cookie says: who, by which security stamp, in which session. Everything else is read anew per call.</summary>
public sealed record SessionTicket(Guid AccountId, string Stamp, string Session)
{
    /// <summary>Authentication scheme and, with its dot, the cookie.</summary>
    public const string Scheme = "linli";
    public const string Cookie = "linli.auth";

    public static SessionTicket? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var id) && user.FindFirstValue("stamp") is { } stamp && user.FindFirstValue("sid") is { } session
            ? new SessionTicket(id, stamp, session)
            : null;

    public static Task IssueAsync(HttpContext context, Account account)
    {
        var claims = new ClaimsIdentity(
            [new("sub", account.Id.ToString()), new("stamp", account.SecurityStamp!), new("sid", Guid.NewGuid().ToString("N"))],
            Scheme, nameType: "sub", roleType: null);
        Http.Preferences.KeepLanguage(context, account.Language);
        return context.SignInAsync(Scheme, new ClaimsPrincipal(claims));
    }
}
