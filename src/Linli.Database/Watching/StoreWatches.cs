using System.Collections.Concurrent;
using Linli.Kernel;

namespace Linli.Database.Watching;

/// <summary>A watch for every store that this process reads.</summary>
internal sealed class StoreWatches : IDisposable
{
    private readonly ConcurrentDictionary<Store, Lazy<IOwnedWatch>> _watches = new();

    /// <summary>Watches outlive the scopes that ask for them.</summary>
    internal interface IOwnedWatch : IStoreWatch, IDisposable;

    public IStoreWatch Of(Store store) =>
        new Lent(_watches.GetOrAdd(store, static s => new(() => s.IsSqlite ? new SqliteWatch(s.Connection) : new PostgresWatch(s.Connection))).Value);

    public void Dispose()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Value.Dispose();
        }
    }

    /// <summary>A scope disposes what it hands out; not this.</summary>
    private sealed class Lent(IStoreWatch watch) : IStoreWatch
    {
        public string Store => watch.Store;

        public ValueTask<StoreState> NowAsync() => watch.NowAsync();
    }
}
