using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Places;

/// <summary>
/// Hands out the current <see cref="Gazetteer"/>. It is built aside and swapped in one step when areas, organisations or named places
/// have changed, which it looks for at most every <see cref="LookAgainAfter"/>.
/// </summary>
public sealed class Gazetteers(IServiceScopeFactory scopes, AreaMaps maps, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _oneLoader = new(1, 1);
    private volatile Loaded? _loaded;

    public ValueTask<Gazetteer> CurrentAsync(CancellationToken cancellation = default) =>
        _loaded is { } loaded && clock.GetElapsedTime(loaded.CheckedAt) < LookAgainAfter
            ? ValueTask.FromResult(loaded.Gazetteer)
            : new ValueTask<Gazetteer>(LoadAsync(cancellation));

    /// <summary>The next one who asks gets what the database says now.</summary>
    public void LookAgain() => _loaded = _loaded is { } old ? old with { CheckedAt = long.MinValue / 2 } : null;

    private async Task<Gazetteer> LoadAsync(CancellationToken cancellation)
    {
        await _oneLoader.WaitAsync(cancellation);
        try
        {
            var checkedAt = clock.GetTimestamp();
            if (_loaded is { } fresh && clock.GetElapsedTime(fresh.CheckedAt) < LookAgainAfter)
            {
                return fresh.Gazetteer;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
            var map = await maps.CurrentAsync(cancellation);
            var organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Code).ToListAsync(cancellation);
            var places = db.Set<NamedPlace>().AsNoTracking();
            var version = new Version(map.Version, HashOf(organisations), await places.CountAsync(cancellation), await places.MaxAsync(p => (DateTimeOffset?)p.ChangedAt, cancellation));
            if (_loaded is { } old && old.Version == version)
            {
                _loaded = old with { CheckedAt = checkedAt };
                return old.Gazetteer;
            }

            var named = await places.OrderBy(p => p.Name).ThenBy(p => p.AreaCode).ToListAsync(cancellation);
            var ended = await db.Set<Area>().AsNoTracking().Where(a => a.EndedOn != null).OrderBy(a => a.Code).ToListAsync(cancellation);
            var gazetteer = await Task.Run(() => Gazetteer.Build(map, organisations, named, ended), cancellation);
            _loaded = new Loaded(gazetteer, version, checkedAt);
            return gazetteer;
        }
        finally
        {
            _oneLoader.Release();
        }
    }

    /// <summary>Organisations carry no time of change, and are few.</summary>
    private static int HashOf(List<Organisation> organisations)
    {
        var hash = new HashCode();
        foreach (var o in organisations)
        {
            hash.Add((o.Code, o.Name, o.ShortName, o.Kind, o.AreaCode, o.Address, o.Longitude));
            hash.Add(o.Latitude);
        }

        return hash.ToHashCode();
    }

    public void Dispose() => _oneLoader.Dispose();

    private sealed record Version(string Map, int Organisations, int Places, DateTimeOffset? ChangedAt);

    private sealed record Loaded(Gazetteer Gazetteer, Version Version, long CheckedAt);
}
