using Linli.Shell.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Linli.Server;

/// <summary>What a connection may do before anybody has looked at the call: how many there are, how slow and how large they may be.</summary>
internal static class ServerLimits
{
    public static void Set(KestrelServerOptions kestrel)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true); // a line that ends for us and not for a proxy hides a second message
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = kestrel.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.MaxConnections;
        var connections = ActivatorUtilities.CreateInstance<OpenConnections>(kestrel.ApplicationServices);
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(connections.Guard));
        limits.MaxConcurrentUpgradedConnections = 0; // nothing here speaks another protocol
        limits.MaxRequestBodySize = BodyLimits.Files; // endpoints say less
        limits.MaxRequestBufferSize = 128 * 1024; // what is lost of an upload in pieces when its connection breaks: received and not yet read
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 60;
        limits.MaxRequestHeadersTotalSize = 32 * 1024; // two cookies of 4 KB, and what phones add
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);

        // A village line still sends 1 KB a second; whoever drips bytes to hold a connection does not.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
