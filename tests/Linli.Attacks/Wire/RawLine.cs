using System.Net.Sockets;
using System.Text;
using Linli.Testing;

namespace Linli.Attacks.Wire;

/// <summary>A connection that says whatever the test wants, as no client would.</summary>
internal sealed class RawLine : IDisposable
{
    /// <summary>Never waited for where the product does what it should.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new();

    private NetworkStream _stream = null!;

    private RawLine()
    {
    }

    public static async Task<RawLine> OpenAsync(Town town)
    {
        await town.StartAsync();
        var (line, address) = (new RawLine(), new Uri(town.Address));
        await line._client.ConnectAsync(address.Host, address.Port);
        line._stream = line._client.GetStream();
        return line;
    }

    public static async Task<string> SayAsync(Town town, string said)
    {
        try
        {
            using var line = await OpenAsync(town);
            try
            {
                await line.SendAsync(said);
            }
            catch (IOException)
            {
                // closed before all was said
            }

            return await line.ReadToEndAsync();
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return "";   // sent away at the door
        }
    }

    /// <summary>Says it again until the answer has these words: for what the other end notices a moment later.</summary>
    public static async Task<string> SayUntilAsync(Town town, string said, string words)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await SayAsync(town, said) is var answer && (answer.Contains(words, StringComparison.Ordinal) || limit.IsCancellationRequested))
            {
                return answer;
            }
        }
    }

    /// <summary>Every character is one byte.</summary>
    public async Task SendAsync(string said)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(said), limit.Token);
    }

    /// <summary>Sends again and again until the other end has enough.</summary>
    /// <returns>Bytes that went out.</returns>
    public async Task<long> SendForeverAsync(string said, long most)
    {
        var bytes = Encoding.Latin1.GetBytes(said);
        var sent = 0L;
        try
        {
            while (sent < most)
            {
                using var limit = new CancellationTokenSource(Patience);
                await _stream.WriteAsync(bytes, limit.Token);
                sent += bytes.Length;
            }
        }
        catch (IOException)
        {
            // closed
        }

        return sent;
    }

    /// <summary>All that comes until the other end closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
            // closed without a goodbye
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    /// <summary>Until the given words have come, or the end.</summary>
    public async Task<string> ReadUntilAsync(string words)
    {
        using var limit = new CancellationTokenSource(Patience);
        var (all, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            int read;
            while (!all.ToString().Contains(words, StringComparison.Ordinal) && (read = await _stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                all.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // closed without a goodbye
        }

        return all.ToString();
    }

    public void Dispose() => _client.Dispose();
}
