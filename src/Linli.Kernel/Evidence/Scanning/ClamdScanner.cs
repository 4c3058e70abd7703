using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Linli.Kernel.Evidence.Scanning;

/// <summary>
/// Asks clamd of ClamAV with its command INSTREAM: the file goes over the connection in pieces, so the daemon needs no right to our files
/// and may stand on another machine. A connection per file; clamd works on several at once.
/// </summary>
/// <param name="address"><c>tcp://host:3310</c> or <c>unix:///run/clamav/clamd.ctl</c></param>
/// <param name="patience">For one file, waiting included.</param>
public sealed class ClamdScanner(Uri address, TimeSpan patience) : IEvidenceScanner
{
    private const int Piece = 64 * 1024;
    private const int LongestAnswer = 4_096;

    public bool IsConfigured => true;

    /// <summary>Null when it is none that clamd could listen on.</summary>
    public static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && ((uri.Scheme == "tcp" && uri.Port > 0) || (uri.Scheme == "unix" && uri.AbsolutePath.Length > 1)) ? uri : null;

    public async Task<ScanAnswer> ScanAsync(Stream file, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            using var socket = await ConnectAsync(limit.Token);
            await using var line = new NetworkStream(socket);
            await SendAsync(line, file, limit.Token);
            return Read(await AnswerAsync(line, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ScanAnswer(ScanVerdict.Away, $"no answer within {patience.TotalSeconds:F0} s");
        }
        catch (Exception away) when (away is SocketException or IOException { InnerException: SocketException } or EndOfStreamException)
        {
            return new ScanAnswer(ScanVerdict.Away, away.Message);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var isLocal = address.Scheme == "unix";
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await (isLocal
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), cancellation)
                : socket.ConnectAsync(address.Host, address.Port, cancellation));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>"zINSTREAM", then pieces with their length in front, then a piece of no length.</summary>
    private static async Task SendAsync(NetworkStream line, Stream file, CancellationToken cancellation)
    {
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellation);
        var buffer = new byte[4 + Piece];
        int read;
        do
        {
            read = await file.ReadAsync(buffer.AsMemory(4), cancellation);
            BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            try
            {
                await line.WriteAsync(buffer.AsMemory(0, 4 + read), cancellation);
            }
            catch (IOException)
            {
                return; // it has heard enough (StreamMaxLength) and says so in its answer
            }
        }
        while (read > 0);
    }

    private static async Task<string> AnswerAsync(NetworkStream line, CancellationToken cancellation)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        int read;
        while (length < answer.Length && (read = await line.ReadAsync(answer.AsMemory(length), cancellation)) > 0)
        {
            length += read;
            if (answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n');
    }

    /// <summary>"stream: OK", "stream: NAME FOUND", "… ERROR".</summary>
    private static ScanAnswer Read(string answer)
    {
        const string about = "stream: ", found = " FOUND";
        return answer == "stream: OK" ? ScanAnswer.Clean
            : answer.StartsWith(about, StringComparison.Ordinal) && answer.EndsWith(found, StringComparison.Ordinal) ? new(ScanVerdict.Infected, answer[about.Length..^found.Length])
            : new(ScanVerdict.Away, answer.Length == 0 ? "the connection was closed without an answer" : answer);
    }
}
