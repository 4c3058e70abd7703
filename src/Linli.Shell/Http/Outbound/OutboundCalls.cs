using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Http.Outbound;

/// <summary>
/// Calls addresses that somebody outside named, and only such as the whole internet may call. The name is looked up once and the address that was
/// looked at is the one that is called, so a name that changes in between wins nothing; redirections are not followed, no proxy is asked.
/// </summary>
public sealed class OutboundCalls : IDisposable
{
    private readonly OutboundOptions _options;
    private readonly HttpMessageInvoker _http;

    public OutboundCalls(IOptions<OutboundOptions> options)
    {
        _options = options.Value;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, MaxResponseHeadersLength = 16,
            ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>http or https with a name, and nothing else in it that could mislead.</summary>
    public static bool CouldBeCalled(string? address) =>
        address is { Length: <= 2_000 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Host.Length > 0;

    /// <summary>Sends the call and gives the answer with its body still to be read; whoever reads it holds to the same time.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or the address is none that may be called.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage call, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return await _http.SendAsync(call, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("The other side took too long.", late);
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = await Dns.GetHostAddressesAsync(host, cancellation);
        var callable = _options.Allowed.Contains(host, StringComparer.OrdinalIgnoreCase) ? found : [.. found.Where(PublicAddress.Is)];
        if (callable.Length == 0)
        {
            throw new HttpRequestException($"The address {host} belongs to this machine or to a private network.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(callable, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
