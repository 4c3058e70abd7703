using System.Collections.Concurrent;

namespace Linli.Shell.Limits;

/// <summary>
/// Who has used how much of what they may, in this process. One number per name (GCRA, a token bucket that knows when it will be full
/// again instead of how full it is): nothing runs in the background, and an untouched name costs nothing.
/// </summary>
public sealed class Allowances(TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private const int SweepFrom = 50_000;
    private const int Most = 400_000;

    private readonly ConcurrentDictionary<string, long> _fullAt = new(StringComparer.Ordinal);
    private long _sweepFrom = SweepFrom;

    /// <summary>Takes one of <paramref name="most"/> per window, which come back evenly.</summary>
    /// <returns>Null when it was there; else how long it takes until there is one.</returns>
    public TimeSpan? Take(string name, int most)
    {
        var now = clock.GetUtcNow().UtcTicks;
        Sweep(now);
        var key = _fullAt.Count < Most || _fullAt.ContainsKey(name) ? name : "others"; // more names than people: they share one
        var one = Window.Ticks / Math.Max(1, most);
        while (true)
        {
            var known = _fullAt.TryGetValue(key, out var full);
            var next = Math.Max(full, now) + one;
            if (next - now > Window.Ticks)
            {
                return TimeSpan.FromTicks(next - now - Window.Ticks);
            }

            if (known ? _fullAt.TryUpdate(key, next, full) : _fullAt.TryAdd(key, next))
            {
                return null;
            }
        }
    }

    /// <summary>What turned out not to count.</summary>
    public void GiveBack(string name, int most)
    {
        var one = Window.Ticks / Math.Max(1, most);
        while (_fullAt.TryGetValue(name, out var full) && !_fullAt.TryUpdate(name, full - one, full))
        {
        }
    }

    /// <summary>Whether there is one to take; takes nothing.</summary>
    public TimeSpan? Look(string name, int most)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var next = Math.Max(_fullAt.GetValueOrDefault(name), now) + (Window.Ticks / Math.Max(1, most));
        return next - now > Window.Ticks ? TimeSpan.FromTicks(next - now - Window.Ticks) : null;
    }

    private void Sweep(long now)
    {
        if (_fullAt.Count < Volatile.Read(ref _sweepFrom))
        {
            return;
        }

        foreach (var (name, full) in _fullAt.Where(f => f.Value <= now))
        {
            _fullAt.TryRemove(KeyValuePair.Create(name, full));
        }

        Volatile.Write(ref _sweepFrom, Math.Max(SweepFrom, _fullAt.Count * 2L));
    }
}
