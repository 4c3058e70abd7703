using System.Net;
using System.Net.Sockets;

namespace Linli.Server;

/// <summary>Looks, before a county is founded or a store is migrated, whether Linli will be able to listen where it is asked to.</summary>
internal static class ListenAddresses
{
    private const string Usual = "http://localhost:5000";

    /// <exception cref="StartRefusedException">One of the addresses cannot be listened on.</exception>
    public static void EnsureFree(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists() || configuration["http_ports"] is { Length: > 0 })
        {
            return; // the server's own way to name them; it will say what is wrong with them
        }

        foreach (var url in (configuration["urls"] is { Length: > 0 } asked ? asked : Usual).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            EnsureFree(url, Parse(url));
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            // What does not look like a port becomes part of the host, and a host that is no address means every address there is.
            var isHost = address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal);
            if (address.Scheme == "http" && isHost && address.Port is >= 0 and <= IPEndPoint.MaxPort)
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // said below
        }

        throw new StartRefusedException("看不懂监听地址“{0}”。请写成 http://主机:端口，例如 http://localhost:8080；HTTPS 由前面的反向代理提供。", url);
    }

    private static void EnsureFree(string url, BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
        {
            return;
        }

        var ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host, out var typed) ? typed : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(ip, address.Port);
            probe.Start();
        }
        catch (SocketException refused)
        {
            throw refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => new StartRefusedException(
                    "地址 {0} 已被别的程序占用。请停止那个程序，或用 --urls 换一个端口，例如 --urls http://localhost:{1}。", url, $"{address.Port % IPEndPoint.MaxPort + 1}"),
                SocketError.AccessDenied => new StartRefusedException("没有权限监听 {0}：1024 以下的端口需要特权。请用 --urls 换一个端口，由反向代理转发。", url),
                _ => new StartRefusedException("不能监听 {0}：{1}。请检查 --urls 里的地址是不是这台机器的。", url, refused.Message),
            };
        }
    }
}
