using Linli.Shell.Http;
using Linli.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Wire;

/// <summary>A town on a real port that loses patience sooner than usual.</summary>
public sealed class WireTown : IAsyncLifetime
{
    internal const int Connections = 40;

    public Town Town { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Town = await Town.FoundAsync(new TownOptions
        {
            RealPort = true,
            Settings = services =>
            {
                services.Configure<KestrelServerOptions>(kestrel =>
                {
                    kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(100);
                    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(100);
                    kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromMilliseconds(1_001)); // the least that there is
                });
                services.Configure<WebOptions>(web => (web.MaxConnectionsOfOne, web.MaxLive) = (Connections, 3));
            },
        });
        await Town.StartAsync();
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
