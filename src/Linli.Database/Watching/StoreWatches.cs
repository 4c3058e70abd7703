using System.Collections.Concurrent;
using Linli.Kernel;

namespace Linli.Database.Watching;

/// <summary>A watch for every store that this process reads.</summary>
internal sealed class StoreWatches : IDisposable
{
    private readonly ConcurrentDictionary<Store, Lazy<IOwnedWatch>> _watches = new();

    /// <summary>Watches outlive the scopes that ask for them.</summary>
    internal interface IOwnedWatch : IDisposable
    {
        string Store { get; }

        ValueTask<StoreState> NowAsync();
    }

    public IStoreWatch Of(Store store) =>
        new Lent(_watches.GetOrAdd(store, static s => new(() => s.IsSqlite ? new SqliteWatch(s.Connection) : new PostgresWatch(s.Connection))).Value);

    public void Dispose()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Value.Dispose();
        }
    }

    /// <summary>A scope disposes what it hands out; not this. A scope is used by one call at a time.</summary>
    private sealed class Lent(IOwnedWatch watch) : IStoreWatch
    {
        private bool _isPinned;
        private StoreState? _seen;

        public string Store => watch.Store;

        public async ValueTask<StoreState> NowAsync()
        {
            var now = _seen ?? await watch.NowAsync();
            _seen = _isPinned ? now : null;
            return now;
        }

        public void Pin() => _isPinned = true;

        public void Renew() => _seen = null;
    }
}
