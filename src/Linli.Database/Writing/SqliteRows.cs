using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database.Writing;

/// <summary>Keeps one connection and one prepared statement for each table.</summary>
internal sealed class SqliteRows(string connectionString) : IRowWriter
{
    private readonly Dictionary<RowPlan, SqliteCommand> _inserts = [];
    private readonly Dictionary<(RowPlan Plan, string Column), SqliteCommand> _rivals = [];
    private SqliteConnection? _connection;

    public async Task WriteAsync(IReadOnlyList<PlannedRow> rows)
    {
        var connection = _connection ??= Open();
        using var turn = await SqliteLane.EnterAsync(connection, CancellationToken.None);
        using var transaction = connection.BeginTransaction();
        foreach (var (plan, _, values, rival) in rows)
        {
            if (rival is var (column, value) && HasRival(plan, column, value, connection, transaction))
            {
                throw new DbUpdateException("There is one like it already.");
            }

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
        foreach (var command in _inserts.Values.Concat(_rivals.Values))
        {
            await command.DisposeAsync();
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

    private bool HasRival(RowPlan plan, string column, string value, SqliteConnection connection, SqliteTransaction transaction)
    {
        if (!_rivals.TryGetValue((plan, column), out var ask))
        {
            ask = connection.CreateCommand();
            ask.CommandText = $"select 1 from \"{plan.Table}\" where \"{column}\" = @value limit 1";
            ask.Parameters.AddWithValue("@value", value);
            ask.Prepare();
            _rivals.Add((plan, column), ask);
        }

        (ask.Transaction, ask.Parameters[0].Value) = (transaction, value);
        return ask.ExecuteScalar() is not null;
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
