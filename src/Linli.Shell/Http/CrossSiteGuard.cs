using Linli.Kernel;
using Linli.Shell.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Http;

/// <summary>
/// Keeps other sites from acting in the name of somebody who is signed in here, or of a resident whose device is remembered. No tokens in
/// forms: they go stale with a restart, with a second tab and with a report that was written without a connection. Instead the browser
/// itself says where a call comes from: Sec-Fetch-Site (all browsers since 2023), else Origin (all since 2020), else Referer.
/// Whoever says nothing is refused, except programs: they say <c>X-Linli: 1</c>, which no foreign page can, or call without any cookie
/// and with something that no form can send. Calls whose endpoint looks at a key in the call and at no cookie have nobody's name to act in. docs/decisions/0007-forms-without-tokens.md
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    public const string Header = "X-Linli";

    public Task InvokeAsync(HttpContext context) =>
        (context.GetEndpoint() is not RouteEndpoint && context.Request.Path.StartsWithSegments("/open311"))   // there is no such address or method among those that look at no cookie: it is told so
            || IsSafe(context.Request.Method) || IsOurs(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<KeyedCall>() is not null
            ? next(context)
            : Refusal.Of(new Failure.Forbidden("这个操作不是从本站页面发起的，没有执行。请打开本站页面再操作；程序调用接口时请带上请求头 {0}: 1。", Header)).ExecuteAsync(context);

    /// <summary>The browser says that a page of another site is behind the call.</summary>
    public static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            // "none" is the reader's own doing: typed, or a bookmark. A sister site under the same domain is another site.
            return site is "same-origin" or "none";
        }

        if (headers.Origin.ToString() is { Length: > 0 } origin)
        {
            return IsHere(origin, request);
        }

        if (headers.Referer.ToString() is { Length: > 0 } page && !headers.ContainsKey(Header))
        {
            return IsHere(page, request);
        }

        return headers.ContainsKey(Header)
            || (request.Path.StartsWithSegments("/api") && !OwnCookies.AreSent(request) && !CouldBeForm(request));
    }

    private static bool IsHere(string address, HttpRequest request) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && !request.IsHttps))
        && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a page may send to another site without asking: POST with one of three kinds of content, or with none.</summary>
    private static bool CouldBeForm(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType.Value is { } kind && (kind.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                || kind.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
                || kind.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)));
}
