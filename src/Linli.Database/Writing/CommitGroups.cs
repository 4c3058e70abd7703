using System.Collections.Concurrent;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Database.Writing;

/// <summary>The groups of every store that this process writes to.</summary>
internal sealed class CommitGroups(Pressure pressure) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Store, CommitGroup> _groups = new();
    private readonly ConcurrentDictionary<Store, IModel> _models = new();

    /// <summary>Of one store, for the sessions on it.</summary>
    public ICommitGroups Of(Store store) => new Lent(this, store);

    public async ValueTask DisposeAsync()
    {
        foreach (var group in _groups.Values)
        {
            await group.DisposeAsync();
        }
    }

    private Task? TryWrite(Store store, LinliDb db, IReadOnlyList<NewRow> added, Func<IReadOnlyList<(object Row, string Table)>, IEnumerable<object>?> beside)
    {
        var model = _models.GetOrAdd(store, static (_, session) => session.Model, db);   // asked of a session, it would wake it up
        var rows = new List<PlannedRow>();

        // Read now, on the caller's time: the one that writes has enough to do.
        if (!added.All(row => TryRead(model, row.Row, row.Rival, rows)) || beside([.. rows.Select(r => (r.Row, r.Plan.Table))]) is not { } more || !more.All(row => TryRead(model, row, null, rows)))
        {
            return null;
        }

        return _groups.GetOrAdd(store, s => new CommitGroup(s.IsSqlite ? new SqliteRows(s.Connection) : new PostgresRows(s.Connection), pressure)).WriteAsync(rows);
    }

    private static bool TryRead(IModel model, object row, Rival? rival, List<PlannedRow> into)
    {
        if (model.FindEntityType(row.GetType()) is not { } type || RowPlan.Of(type) is not { } plan)
        {
            return false;
        }

        var first = into.Count;
        if (!plan.TryRead(row, [], into))
        {
            return false;
        }

        into[first] = into[first] with { Rival = rival is null ? null : (type.FindProperty(rival.Property)!.GetColumnName(), rival.Value) };
        return true;
    }

    private sealed class Lent(CommitGroups groups, Store store) : ICommitGroups
    {
        public Task? TryWrite(LinliDb db, IReadOnlyList<NewRow> added, Func<IReadOnlyList<(object Row, string Table)>, IEnumerable<object>?> beside) =>
            groups.TryWrite(store, db, added, beside);
    }
}

/// <summary>One row as it is to be written.</summary>
/// <param name="Rival">It is refused when there is a row that has this value in this column.</param>
internal sealed record PlannedRow(RowPlan Plan, object Row, object?[] Values, (string Column, string Value)? Rival = null);

/// <summary>Writes rows in one transaction, durably, or not at all.</summary>
internal interface IRowWriter : IAsyncDisposable
{
    /// <param name="rows">Those that others point at first.</param>
    /// <exception cref="DbUpdateException">One of them has a rival.</exception>
    Task WriteAsync(IReadOnlyList<PlannedRow> rows);
}
