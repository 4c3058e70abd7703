using System.Net;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Linli.Server;

/// <summary>Lets no single address take all connections there are, before a byte of it was read.</summary>
internal sealed class OpenConnections(IOptions<WebOptions> web, IOptions<ForwardedHeadersOptions> proxies)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IsProxy(address))
        {
            await next(connection);
            return;
        }

        var name = CallerAddress.Of(address);
        if (!Enter(name))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections of one address."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(name);
        }
    };

    private bool IsProxy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return proxies.Value.KnownIPNetworks.Any(n => n.Contains(plain));
    }

    private bool Enter(string name)
    {
        lock (_counting)
        {
            var open = _open.GetValueOrDefault(name);
            if (open >= web.Value.MaxConnectionsOfOne)
            {
                return false;
            }

            _open[name] = open + 1;
            return true;
        }
    }

    private void Leave(string name)
    {
        lock (_counting)
        {
            if (--_open[name] == 0)
            {
                _open.Remove(name);
            }
        }
    }
}
