using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Linli.Shell.Live;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Privacy;

/// <summary>What leaves Linli beside its answers: measurements with their tags, traces with theirs, and what open pages hear.</summary>
internal sealed class Watched : IDisposable
{
    private readonly ConcurrentQueue<string> _measured = new();
    private readonly ConcurrentQueue<string> _traced = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private readonly List<LiveHub.Listener> _open = [];

    public Watched()
    {
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _traced.Enqueue($"{activity.Source.Name} {activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} {string.Join(' ', activity.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public IReadOnlyCollection<string> Measured => _measured;

    public IReadOnlyCollection<string> Traced => _traced;

    /// <summary>These have a page open from now on.</summary>
    public async Task OpenPagesAsync(Town town, IEnumerable<Kernel.People.Actor> actors)
    {
        var hub = town.Services.GetRequiredService<LiveHub>();
        _open.AddRange(actors.Select(a => hub.Join(a, Guid.NewGuid(), most: 10)!));
        await town.Services.GetRequiredService<LiveFeed>().LookAsync(CancellationToken.None);   // what is there already is no news
    }

    /// <summary>What the open pages heard since then.</summary>
    public async Task<IReadOnlyList<string>> HeardAsync(Town town)
    {
        await town.Services.GetRequiredService<LiveFeed>().LookAsync(CancellationToken.None);
        var heard = new List<string>();
        foreach (var page in _open)
        {
            while (page.News.TryRead(out var news))
            {
                heard.Add($"{news}");
            }
        }

        return heard;
    }

    public void Dispose()
    {
        _open.ForEach(p => p.Dispose());
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Measure<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue($"{instrument.Meter.Name} {instrument.Name} {value} {string.Join(' ', tags.ToArray())}");
}
