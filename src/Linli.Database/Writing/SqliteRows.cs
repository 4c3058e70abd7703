using Microsoft.Data.Sqlite;

namespace Linli.Database.Writing;

/// <summary>Keeps one connection and one prepared statement for each table.</summary>
internal sealed class SqliteRows(string connectionString) : IRowWriter
{
    private readonly Dictionary<RowPlan, SqliteCommand> _inserts = [];
    private SqliteConnection? _connection;

    public async Task WriteAsync(IEnumerable<NewRow> rows)
    {
        var connection = _connection ??= Open();
        using var turn = await SqliteLane.EnterAsync(connection, CancellationToken.None);
        using var transaction = connection.BeginTransaction();
        foreach (var (plan, values) in rows)
        {
            var insert = InsertOf(plan, connection);
            insert.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
            {
                insert.Parameters[i].Value = values[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var insert in _inserts.Values)
        {
            await insert.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        SqliteSettings.Set(connection);
        return connection;
    }

    private SqliteCommand InsertOf(RowPlan plan, SqliteConnection connection)
    {
        if (!_inserts.TryGetValue(plan, out var insert))
        {
            insert = connection.CreateCommand();
            insert.CommandText = $"insert into \"{plan.Table}\" ({string.Join(", ", plan.Columns.Select(c => $"\"{c.Name}\""))}) values ({string.Join(", ", plan.Columns.Select((_, i) => $"@p{i}"))})";
            for (var i = 0; i < plan.Columns.Count; i++)
            {
                insert.Parameters.AddWithValue($"@p{i}", DBNull.Value);
            }

            insert.Prepare();
            _inserts.Add(plan, insert);
        }

        return insert;
    }
}
