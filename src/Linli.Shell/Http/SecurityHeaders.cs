using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Http;

/// <summary>What the browser may do with our pages: load from us only, run no inline script or style, make elements of text in one known place, show us in no frame.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = PolicyOf(app.ApplicationServices.GetRequiredService<IOptions<SiteOptions>>().Value.TileUrl);
        var hsts = app.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.HstsDays;
        app.Use((context, next) =>
        {
            // At the last moment: an error page starts by clearing what was set before.
            context.Response.OnStarting(Set, context);
            return next(context);
        });

        Task Set(object state)
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = policy; // uploaded files bring a stricter one
            }

            if (headers.CacheControl.Count == 0 && IsPersonal(context))
            {
                headers.CacheControl = "no-store"; // the next user of the device, a proxy of the office
            }

            if (context.Request.IsHttps && hsts > 0)
            {
                headers.StrictTransportSecurity = $"max-age={hsts * 86_400L}";
            }

            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        }
    }

    /// <summary>Nothing, except what our pages use. The two policies of trusted types stand in web/src/trusted.ts.</summary>
    private static string PolicyOf(string tileUrl)
    {
        var tiles = Uri.TryCreate(tileUrl.Replace("{s}", "a", StringComparison.Ordinal), UriKind.Absolute, out var uri) ? $" {uri.GetLeftPart(UriPartial.Authority)}" : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; "
            + $"img-src 'self' data: blob:{tiles}; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types linli default";
    }

    /// <summary>Made for somebody who has shown who they are, or who is just being told something.</summary>
    private static bool IsPersonal(HttpContext context) =>
        context.Response.Headers.SetCookie.Count > 0 || OwnCookies.Read(context.Request, SessionTicket.Cookie) is not null;
}
