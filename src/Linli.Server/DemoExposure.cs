using System.Net;
using Linli.Shell.Site;
using Microsoft.Extensions.Options;

namespace Linli.Server;

/// <summary>Everybody knows the demo's passwords, so it is for one machine alone: it starts on loopback addresses only, and answers nobody who comes through a proxy.</summary>
internal static class DemoExposure
{
    private static readonly string[] SignsOfProxy = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via", "CF-Connecting-IP", "True-Client-IP"];

    /// <exception cref="StartRefusedException">It would listen where others can reach it.</exception>
    public static void Ensure(WebApplication app)
    {
        var site = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value;
        if (site.Demo && !site.OpenDemo && Outside(app.Configuration) is { } reason)
        {
            throw new StartRefusedException("演示环境的密码人人都知道，只能在本机使用，但 {0} 会让别的机器也能打开。请改用 http://localhost:端口；确实要公开，请加 --public 或把 Site:OpenDemo 设为 true。", reason);
        }
    }

    /// <summary>Before everything else: a tunnel or a proxy on the same machine looks like the machine itself.</summary>
    public static void UseDemoExposure(this WebApplication app)
    {
        var site = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value;
        if (site.Demo && !site.OpenDemo)
        {
            app.Use((context, next) => IsFromHere(context) ? next(context) : RefuseAsync(context));
        }
    }

    /// <returns>The first address or setting that lets others in; null when none does.</returns>
    internal static string? Outside(IConfiguration configuration)
    {
        if (configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED") || configuration.GetValue<bool>("ASPNETCORE_FORWARDEDHEADERS_ENABLED"))
        {
            return "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
        }

        if (configuration["http_ports"] is { Length: > 0 } && configuration["urls"] is not { Length: > 0 })
        {
            return "http_ports";   // every address of the machine
        }

        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>());
        return urls.FirstOrDefault(url => !IsLoopback(url));
    }

    private static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return true;   // said by whoever listens
        }
    }

    private static bool IsFromHere(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) && !SignsOfProxy.Any(context.Request.Headers.ContainsKey);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This demo answers its own machine only, because everybody knows its passwords. Whoever runs it can open it: linli demo --public.\n");
    }
}
