using Linli.Kernel;
using Linli.Shell.Accounts.Sessions;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

/// <summary>
/// Keeps other sites from acting in the name of somebody who is signed in here. No tokens in forms: they go stale with a restart,
/// with a second tab and with a report that was written without a connection. Instead the browser itself says where a call comes from:
/// Sec-Fetch-Site (all browsers since 2023), else Origin (all others). Besides, the cookie is SameSite=Lax.
/// A program with the cookie, which sends neither, says <c>X-Linli: 1</c>: a header that no foreign page can set.
/// docs/decisions/0007-forms-without-tokens.md
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    public const string Header = "X-Linli";

    public Task InvokeAsync(HttpContext context) =>
        IsSafe(context.Request.Method) || IsOurs(context.Request)
            ? next(context)
            : Refusal.Of(new Failure.Forbidden("这个操作不是从本站页面发起的，没有执行。程序调用接口时请带上请求头 {0}: 1。", Header)).ExecuteAsync(context);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            // "none" is the reader's own doing: typed, or a bookmark. A sister site under the same domain is another site.
            return site is "same-origin" or "none";
        }

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        }

        return !request.Path.StartsWithSegments("/api") || !request.Cookies.ContainsKey(SessionTicket.Cookie) || request.Headers.ContainsKey(Header);
    }
}
