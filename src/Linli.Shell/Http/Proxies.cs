using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Http;

/// <summary>Believes what a known reverse proxy says about the caller, and nobody else.</summary>
internal sealed class Proxies(IOptions<WebOptions> web, IConfiguration configuration) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    /// <summary>ASP.NET's own switch believes everybody; here it stands for a proxy on the same machine.</summary>
    private const string Switch = "FORWARDEDHEADERS_ENABLED";
    private const string SameMachine = "127.0.0.0/8;::1";

    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        var known = web.Value.Proxies is { Length: > 0 } set ? set : configuration.GetValue<bool>(Switch) ? SameMachine : "";
        foreach (var part in WebOptions.Parts(known))
        {
            options.KnownIPNetworks.Add(NetworkOf(part));
        }

        options.ForwardedHeaders = known.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        options.ForwardLimit = null; // through as many proxies as are known, and no further
    }

    public static System.Net.IPNetwork NetworkOf(string part) =>
        System.Net.IPNetwork.TryParse(part, out var network) ? network
        : IPAddress.TryParse(part, out var one) ? new System.Net.IPNetwork(one, one.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : throw new InvalidOperationException($"Configuration value '{part}' of Web:Proxies is neither an address nor a network such as 10.0.0.0/8.");
}

/// <summary>Answers under the names of this installation alone: a made-up Host must not get into anything.</summary>
internal sealed class ServedNames(IOptions<WebOptions> web) : IPostConfigureOptions<HostFilteringOptions>
{
    public void PostConfigure(string? name, HostFilteringOptions options)
    {
        var served = WebOptions.Parts(web.Value.Hosts).ToList();
        if (served.Count > 0)
        {
            options.AllowedHosts = [.. served, "localhost", "127.0.0.1", "[::1]"]; // probes from the machine itself
            options.AllowEmptyHosts = false;
            options.IncludeFailureMessage = false;
        }
    }
}
