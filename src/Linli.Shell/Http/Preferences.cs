using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Http;

/// <summary>What a reader chooses once and a cookie remembers: language and size of the letters.</summary>
internal static class Preferences
{
    public const string LanguageCookie = "linli.lang";
    public const string SizeCookie = "linli.size";

    /// <summary>GET /preferences?lang=en&amp;size=large&amp;back=/requests — links, so that they work without script; they change nothing but the view.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/preferences", Keep).Public().ExcludeFromDescription();

    public static bool IsLarge(HttpContext? context) => context?.Request.Cookies[SizeCookie] == "large";

    /// <summary>The link that sets one preference and returns to the page at hand.</summary>
    public static string Link(HttpContext? context, string name, string value)
    {
        var back = context is null ? "/" : LocalAddress.Of(context.Request);
        return $"/preferences?{name}={value}&back={Uri.EscapeDataString(back)}";
    }

    /// <summary>The language of an account that signs in; absent leaves what the reader has chosen.</summary>
    public static void KeepLanguage(HttpContext context, string? language) =>
        Remember(context, LanguageCookie, language switch { "zh" => "zh-CN", "en" => "en", _ => null });

    private static IResult Keep(HttpContext context, string? lang, string? size, string? back)
    {
        if (CrossSiteGuard.IsForeign(context.Request))
        {
            return Results.LocalRedirect(LocalAddress.OrElse(back, "/")); // not even this is for other sites to choose
        }

        Remember(context, LanguageCookie, lang is "en" or "zh-CN" ? lang : null);
        Remember(context, SizeCookie, size is "large" or "normal" ? size : null);
        return Results.LocalRedirect(LocalAddress.OrElse(back, "/"));
    }

    private static void Remember(HttpContext context, string cookie, string? value)
    {
        if (value is not null)
        {
            context.Response.Cookies.Append(cookie, value, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
        }
    }
}
