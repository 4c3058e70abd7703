using System.Collections.Concurrent;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Logging;

namespace Linli.Database.Writing;

/// <summary>The groups of every store that this process writes to.</summary>
internal sealed class CommitGroups(Pressure pressure) : ICommitGroups, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Provider, string Connection), CommitGroup> _groups = new();

    public Task? TryWrite(LinliDb db, IReadOnlyList<EntityEntry> entries)
    {
        if (db.Database.CurrentTransaction is not null || Rows(entries) is not { } rows)
        {
            return null;
        }

        var connection = db.Database.GetConnectionString() ?? throw new InvalidOperationException("The store has no connection string.");
        var group = _groups.GetOrAdd((db.Database.ProviderName!, connection), key =>
            new CommitGroup(db is SqliteLinliDb ? new SqliteRows(key.Connection) : new PostgresRows(key.Connection), pressure));
        return group.WriteAsync(rows);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var group in _groups.Values)
        {
            await group.DisposeAsync();
        }
    }

    private static List<NewRow>? Rows(IReadOnlyList<EntityEntry> entries)
    {
        var rows = new List<NewRow>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
            {
                continue;
            }

            if (entry.State != EntityState.Added || RowPlan.Of(entry.Metadata) is not { } plan || plan.PointsAtItself.Any(read => read(entry.Entity) is not null))
            {
                return null;
            }

            // Read now, on the caller's time: the one that writes has enough to do.
            var values = new object?[plan.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = plan.Columns[i].Read(entry.Entity);
            }

            rows.Add(new NewRow(plan, values));
        }

        return rows;
    }
}

/// <summary>One row as it is to be written.</summary>
internal sealed record NewRow(RowPlan Plan, object?[] Values);

/// <summary>Writes rows in one transaction, durably, or not at all.</summary>
internal interface IRowWriter : IAsyncDisposable
{
    /// <param name="rows">Those that others point at first.</param>
    Task WriteAsync(IEnumerable<NewRow> rows);
}
