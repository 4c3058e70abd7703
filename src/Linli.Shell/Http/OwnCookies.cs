using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

/// <summary>
/// Cookies that prove something. Over HTTPS they are Secure and carry <c>__Host-</c> in front of their name, which no sister site and no
/// unencrypted answer can set; without HTTPS (a demo on one's own machine) browsers allow neither.
/// </summary>
public static class OwnCookies
{
    private const string Host = "__Host-";

    public static string NameOf(HttpRequest request, string name) => request.IsHttps ? Host + name : name;

    public static string? Read(HttpRequest request, string name) => request.Cookies[NameOf(request, name)];

    /// <summary>For no script, for no other site, gone after <paramref name="life"/>.</summary>
    public static void Write(HttpContext context, string name, string value, TimeSpan life, SameSiteMode site = SameSiteMode.Lax) =>
        context.Response.Cookies.Append(NameOf(context.Request, name), value, new CookieOptions
        {
            HttpOnly = true, SameSite = site, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = life, Path = "/",
        });

    public static void Forget(HttpContext context, string name) => context.Response.Cookies.Delete(
        NameOf(context.Request, name), new CookieOptions { HttpOnly = true, Secure = context.Request.IsHttps, Path = "/" });

    /// <summary>Whether the call carries anything that proves something: a session, own requests. What was only chosen (language, size) proves nothing.</summary>
    internal static bool AreSent(HttpRequest request) => request.Cookies.Keys.Any(IsProof);

    private static bool IsProof(string name)
    {
        var plain = name.StartsWith(Host, StringComparison.Ordinal) ? name[Host.Length..] : name;
        return plain.StartsWith("linli.", StringComparison.Ordinal) && plain is not (Preferences.LanguageCookie or Preferences.SizeCookie);
    }

    /// <summary>Gives the session cookie its name by the same rule.</summary>
    internal sealed class Jar : ICookieManager
    {
        private readonly ChunkingCookieManager _cookies = new();

        public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameOf(context.Request, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            _cookies.AppendResponseCookie(context, NameOf(context.Request, key), value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameOf(context.Request, key), options);
    }
}
