using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Areas;

/// <summary>
/// Hands out the current <see cref="AreaMap"/>. It is built aside and swapped in one step. Changes made by this process show at once
/// (the import asks for it), those of other instances on the same database within <see cref="LookAgainAfter"/>.
/// </summary>
public sealed class AreaMaps(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _oneLoader = new(1, 1);
    private volatile Loaded? _loaded;

    public ValueTask<AreaMap> CurrentAsync(CancellationToken cancellation = default) =>
        _loaded is { } loaded && clock.GetElapsedTime(loaded.CheckedAt) < LookAgainAfter
            ? ValueTask.FromResult(loaded.Map)
            : new ValueTask<AreaMap>(LoadAsync(force: false, cancellation));

    /// <summary>Builds the map anew, whatever the database says.</summary>
    public Task<AreaMap> ReloadAsync(CancellationToken cancellation = default) => LoadAsync(force: true, cancellation);

    private async Task<AreaMap> LoadAsync(bool force, CancellationToken cancellation)
    {
        await _oneLoader.WaitAsync(cancellation);
        try
        {
            var checkedAt = clock.GetTimestamp();
            await using var scope = scopes.CreateAsyncScope();
            var areas = scope.ServiceProvider.GetRequiredService<LinliDb>().Set<Area>().AsNoTracking();
            var version = (await areas.CountAsync(cancellation), await areas.MaxAsync(a => (DateTimeOffset?)a.ChangedAt, cancellation));
            if (force || _loaded is not { } old || old.Version != version)
            {
                // While there is an old map it goes on answering until the new one is ready to the last.
                var rows = await areas.OrderBy(a => a.Code).ToListAsync(cancellation);
                var map = _loaded is null ? AreaMap.Build(rows) : await Task.Run(() => AreaMap.Build(rows).Prepare(), cancellation);
                _loaded = new Loaded(map, version, checkedAt);
                return map;
            }

            _loaded = old with { CheckedAt = checkedAt };
            return old.Map;
        }
        finally
        {
            _oneLoader.Release();
        }
    }

    public void Dispose() => _oneLoader.Dispose();

    private sealed record Loaded(AreaMap Map, (int Count, DateTimeOffset? ChangedAt) Version, long CheckedAt);
}
