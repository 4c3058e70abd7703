using System.Net;
using System.Net.Sockets;

namespace Linli.Testing.Http;

/// <summary>
/// A bad network: a TCP proxy in front of a town that cuts the connection, both ways and without a word, when a stretch of bytes has gone up
/// over it; so many times, then it holds.
/// </summary>
public sealed class CuttingLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _town;
    private readonly int _after;
    private readonly Task _serving;
    private int _left;
    private long _sum;

    /// <param name="after">Bytes that go up over one connection before it is cut.</param>
    /// <param name="cuts">How many times.</param>
    public CuttingLine(string town, int after, int cuts)
    {
        (_town, _after, _left) = (new Uri(town), after, cuts);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The town by way of this line.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Cuts still to come.</summary>
    public int Left => Math.Max(0, Volatile.Read(ref _left));

    /// <summary>Bytes that went up over all connections.</summary>
    public long Carried => Interlocked.Read(ref _sum);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_end.Token);
                _ = CarryAsync(near);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(_town.Host, _town.Port, _end.Token);
            var down = DownAsync(far, near);
            if (await Task.WhenAny(UpAsync(near, far), down) != down)
            {
                // The near end without the goodbyes of TCP; the far one still gets what was on its way, as from the antenna that lost its telephone.
                near.Close(0);
                far.Shutdown(SocketShutdown.Send);
                await down;
            }
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // either end is gone
        }
        finally
        {
            near.Close(0);
        }
    }

    private async Task UpAsync(Socket near, Socket far)
    {
        var buffer = new byte[16 * 1024];
        var carried = 0;
        int read;
        while ((read = await near.ReceiveAsync(buffer, _end.Token)) > 0)
        {
            carried += read;
            Interlocked.Add(ref _sum, read);
            await far.SendAsync(buffer.AsMemory(0, read), _end.Token);
            if (carried > _after && Interlocked.Decrement(ref _left) >= 0)
            {
                return;
            }
        }
    }

    /// <summary>Until the town closes; what the near end does not take is lost.</summary>
    private async Task DownAsync(Socket far, Socket near)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await far.ReceiveAsync(buffer, _end.Token)) > 0)
        {
            try
            {
                await near.SendAsync(buffer.AsMemory(0, read), _end.Token);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // its sender has been cut off
            }
        }
    }
}
