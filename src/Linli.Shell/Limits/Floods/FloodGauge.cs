using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Limits.Floods;

/// <summary>How many try to report, from where, compared with an ordinary day. In this process.</summary>
public sealed class FloodGauge(TimeProvider clock, IOptions<FloodOptions> options)
{
    /// <summary>A flood is so many times more than what the last day was like.</summary>
    private const double Unusual = 4;

    /// <summary>Patience teaches it no more than this: so many times what is configured.</summary>
    private const double MostLearned = 10;
    private const double MinutesOfADay = 24 * 60;

    private readonly ConcurrentDictionary<string, Minute> _blocks = new(StringComparer.Ordinal);
    private readonly Lock _counting = new();
    private Minute _all;
    private double _usual;
    private DateTimeOffset _lastFlood = DateTimeOffset.MinValue;

    /// <summary>There are too many now, or there were within the last day: somebody may want to look at what got through.</summary>
    public bool WasUp
    {
        get
        {
            lock (_counting)
            {
                return clock.GetUtcNow() - _lastFlood < TimeSpan.FromDays(1);
            }
        }
    }

    /// <summary>Counts one more try.</summary>
    /// <returns>How many times too many there are; at most 1 on an ordinary day.</returns>
    public double Count(string block)
    {
        var at = clock.GetUtcNow().UtcTicks / (double)TimeSpan.TicksPerMinute;
        double all;
        double level;
        lock (_counting)
        {
            Learn(at);
            _all = _all.CountAt(at);
            all = _all.RateAt(at);
            level = Math.Clamp(Unusual * _usual, options.Value.PerMinute, options.Value.PerMinute * MostLearned);
        }

        if (_blocks.Count > 10_000)
        {
            foreach (var (name, _) in _blocks.Where(b => b.Value.RateAt(at) <= 0))
            {
                _blocks.TryRemove(name, out _);
            }
        }

        var near = _blocks.AddOrUpdate(block, _ => default(Minute).CountAt(at), (_, known) => known.CountAt(at)).RateAt(at);
        var excess = Math.Max(all / level, near / options.Value.PerBlock);
        if (excess > 1)
        {
            lock (_counting)
            {
                _lastFlood = clock.GetUtcNow();
            }
        }

        return excess;
    }

    /// <summary>A day's average of tries a minute, with the quiet minutes in it.</summary>
    private void Learn(double at)
    {
        var minutes = Math.Min(MinutesOfADay, Math.Floor(at) - _all.Number);
        if (_all.Number > 0 && minutes > 0)
        {
            _usual += (_all.Tries - _usual) / MinutesOfADay;
            _usual *= Math.Pow(1 - (1 / MinutesOfADay), minutes - 1);
        }
    }

    /// <summary>Tries of one minute of the clock and of the one before it.</summary>
    private readonly record struct Minute(double Number, int Tries, int Before)
    {
        public Minute CountAt(double at) => (Math.Floor(at) - Number) switch
        {
            0 => this with { Tries = Tries + 1 },
            1 => new Minute(Math.Floor(at), 1, Tries),
            _ => new Minute(Math.Floor(at), 1, 0),
        };

        /// <summary>Of the last sixty seconds, taking the tries of the minute before as evenly spread.</summary>
        public double RateAt(double at) => (Math.Floor(at) - Number) switch
        {
            0 => Tries + (Before * (1 - (at - Math.Floor(at)))),
            1 => Tries * (1 - (at - Math.Floor(at))),
            _ => 0,
        };
    }
}
