using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Database.Writing;

/// <summary>
/// SQLite lets one write at a time; the others sleep and look again, longer and longer, and block their threads meanwhile. Writers of this
/// process queue here instead, in the order in which they came. It is a courtesy: what passes it by still waits for SQLite's own lock.
/// </summary>
internal sealed class SqliteLane : DbTransactionInterceptor, IDbConnectionInterceptor
{
    public static readonly SqliteLane Instance = new();

    /// <summary>Somebody whose transaction lasts longer, an import, is waited for where SQLite waits.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Lanes = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<DbConnection, Place> _places = [];
    private readonly ConditionalWeakTable<DbTransaction, DbConnection> _connections = [];

    /// <summary>Waits for its turn; disposed, the next one has it.</summary>
    public static async Task<IDisposable> EnterAsync(DbConnection connection, CancellationToken cancellation)
    {
        var place = new Place(LaneOf(connection));
        await place.EnterAsync(cancellation);
        return place;
    }

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        Leave(connection);
        var place = new Place(LaneOf(connection));
        await place.EnterAsync(cancellationToken);
        _places.AddOrUpdate(connection, place);
        return result;
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        _connections.AddOrUpdate(result, connection);   // which it forgets when it ends
        return ValueTask.FromResult(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    /// <summary>Transactions that are disposed without an end say nothing; their connection is closed.</summary>
    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(connection);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(connection);
        return ValueTask.FromResult(result);
    }

    private static SemaphoreSlim LaneOf(DbConnection connection) =>
        Lanes.GetOrAdd(connection.DataSource, _ => new SemaphoreSlim(1));

    private void Leave(DbTransaction transaction)
    {
        if (_connections.TryGetValue(transaction, out var connection))
        {
            Leave(connection);
        }
    }

    private void Leave(DbConnection connection)
    {
        if (_places.TryGetValue(connection, out var place))
        {
            _places.Remove(connection);
            place.Dispose();
        }
    }

    private sealed class Place(SemaphoreSlim lane) : IDisposable
    {
        private int _isIn;

        public async Task EnterAsync(CancellationToken cancellation) => _isIn = await lane.WaitAsync(Longest, cancellation) ? 1 : 0;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isIn, 0) == 1)
            {
                lane.Release();
            }
        }
    }
}
