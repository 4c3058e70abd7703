using System.Threading.Channels;
using Linli.Kernel;

namespace Linli.Shell.Background;

/// <summary>Sleeps until the next commit of this process or for a while, whichever is first. Commits during work are not missed.</summary>
internal sealed class Wake : IDisposable
{
    /// <summary>Not more often than that, however many commits there are: each look costs the same for one and for a hundred.</summary>
    private const int Breath = 50;
    private readonly Channel<bool> _rang = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CommitSignal _signal;
    private long _wokeAt;

    public Wake(CommitSignal signal)
    {
        _signal = signal;
        _signal.Committed += Ring;
    }

    /// <summary>Returns also when it is cancelled; the caller's loop looks.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        try
        {
            await _rang.Reader.ReadAsync(limit.Token);
            if (_wokeAt + Breath - Environment.TickCount64 is > 0 and var rest)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(rest), cancellation);
            }

            _wokeAt = Environment.TickCount64;
        }
        catch (OperationCanceledException)
        {
            // Time is up, or the process ends.
        }
    }

    public void Dispose() => _signal.Committed -= Ring;

    private void Ring() => _rang.Writer.TryWrite(true);
}
