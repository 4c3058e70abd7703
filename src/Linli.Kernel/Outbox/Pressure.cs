namespace Linli.Kernel;

/// <summary>
/// How many wait to have something written, in this process. Work that nobody waits for lets them go first, for a while: in the hour of a storm
/// everybody's report is taken, and notices come a little later. One per service provider.
/// </summary>
public sealed class Pressure
{
    /// <summary>As many in one group are a rush; on an ordinary day each is written alone.</summary>
    private const int Rush = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private long _rushedAt = long.MinValue / 2;

    /// <param name="together">How many were written in one go.</param>
    public void Note(int together)
    {
        if (together >= Rush)
        {
            Volatile.Write(ref _rushedAt, Environment.TickCount64);
        }
    }

    /// <summary>Waits a moment if there is a rush. Only once: whatever gives way is never kept from its work altogether.</summary>
    public Task GiveWayAsync(CancellationToken cancellation) =>
        Environment.TickCount64 - Volatile.Read(ref _rushedAt) > Pause.TotalMilliseconds ? Task.CompletedTask : Task.Delay(Pause, cancellation);
}
