using System.Collections.Concurrent;
using Linli.Kernel;

namespace Linli.Database.Watching;

/// <summary>A watch for every store that this process reads.</summary>
internal sealed class StoreWatches : IDisposable
{
    private readonly ConcurrentDictionary<Store, Lazy<IStoreWatch>> _watches = new();

    public IStoreWatch Of(Store store) =>
        _watches.GetOrAdd(store, static s => new(() => s.IsSqlite ? new SqliteWatch(s.Connection) : new PostgresWatch(s.Connection))).Value;

    public void Dispose()
    {
        foreach (var watch in _watches.Values.Select(w => w.Value).OfType<SqliteWatch>())
        {
            watch.Close();
        }
    }
}
