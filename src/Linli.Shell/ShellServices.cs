using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Linli.Kernel;
using Linli.Shell.Http;
using Linli.Shell.Http.Outbound;
using Linli.Shell.Security;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell;

/// <summary>What pages need. In the order of a request: <see cref="UseLinliShell"/>, accounts, endpoints.</summary>
public static class ShellServices
{
    public static IServiceCollection AddLinliShell(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true); // so that a caller can be told what could not be read
        services.AddOptions<SiteOptions>().BindConfiguration("Site").ValidateOnStart();
        services.AddWebLimits();
        services.AddOptions<OutboundOptions>().BindConfiguration("Outbound").ValidateOnStart();
        services.AddSingleton<OutboundCalls>();
        services.AddSingleton<SiteAddress>();
        services.AddSingleton<Assets>();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        // Chinese stays readable in the source of a page, and the page a third of the size.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.ConfigureHttpJsonOptions(o => Strict(Json.Configure(o.SerializerOptions)));
        services.AddResponseCompression(o => o.EnableForHttps = true);
        return services;
    }

    /// <summary>What callers send: a field that nobody reads is a mistake of theirs that they should hear of, and two of one name are a trick.</summary>
    private static void Strict(JsonSerializerOptions options) =>
        (options.UnmappedMemberHandling, options.AllowDuplicateProperties, options.MaxDepth) = (JsonUnmappedMemberHandling.Disallow, false, 24);

    /// <summary>Language, headers, errors, files: everything that comes before it is known who asks. Sets up routing.</summary>
    public static void UseLinliShell(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseLinliSecurity();
        app.UseLanguages();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseErrorPages();
        app.UseBundledFiles(app.Environment);
        app.UseRouting();
        app.UseTimeouts();
        app.UseEmptyForms();
    }
}
