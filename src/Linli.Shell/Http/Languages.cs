using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Linli.Shell.Http;

/// <summary>Chinese first, English complete. The address decides (?lang=en), then the cookie, then the browser.</summary>
internal static class Languages
{
    private static readonly CultureInfo[] Spoken = [new("zh-CN"), new("en")];

    /// <summary>Each in its own language.</summary>
    public static IReadOnlyList<Pages.Option> Choices { get; } = [new("zh", "中文"), new("en", "English")];

    public static void UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture("zh-CN"),
        SupportedCultures = Spoken,
        SupportedUICultures = Spoken,
        RequestCultureProviders = [new CustomRequestCultureProvider(Chosen), new AcceptLanguageHeaderRequestCultureProvider()],
    });

    private static Task<ProviderCultureResult?> Chosen(HttpContext context)
    {
        var asked = context.Request.Query["lang"].ToString();
        var name = Known(asked) ?? Known(context.Request.Cookies[Preferences.LanguageCookie]);
        return Task.FromResult(name is null ? null : new ProviderCultureResult(name));
    }

    private static string? Known(string? asked) => asked switch
    {
        "en" => "en",
        "zh" or "zh-CN" => "zh-CN",
        _ => null,
    };
}
