using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Http;

/// <summary>What the browser may do with our pages: load from us only, run no inline script or style, show us in no frame.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var tiles = app.ApplicationServices.GetRequiredService<IOptions<SiteOptions>>().Value.TileUrl;
        var images = Uri.TryCreate(tiles.Replace("{s}", "a", StringComparison.Ordinal), UriKind.Absolute, out var uri) ? $" {uri.GetLeftPart(UriPartial.Authority)}" : "";
        var policy = "default-src 'self'; script-src 'self'; style-src 'self'; "
            + $"img-src 'self' data: blob:{images}; connect-src 'self'; font-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        app.Use((context, next) =>
        {
            // At the last moment: an error page starts by clearing what was set before.
            context.Response.OnStarting(Set, context.Response.Headers);
            return next(context);
        });

        Task Set(object state)
        {
            var headers = (IHeaderDictionary)state;
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = policy; // uploaded files bring a stricter one
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
}
