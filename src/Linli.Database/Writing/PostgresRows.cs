using Npgsql;

namespace Linli.Database.Writing;

/// <summary>Copies the rows of each table in one go.</summary>
internal sealed class PostgresRows(string connectionString) : IRowWriter
{
    public async Task WriteAsync(IEnumerable<NewRow> rows)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in rows.GroupBy(r => r.Plan))
        {
            var plan = table.Key;
            await using var copy = await connection.BeginBinaryImportAsync(
                $"copy \"{plan.Table}\" ({string.Join(", ", plan.Columns.Select(c => $"\"{c.Name}\""))}) from stdin (format binary)");
            foreach (var row in table)
            {
                await copy.StartRowAsync();
                for (var i = 0; i < row.Values.Length; i++)
                {
                    await (row.Values[i] is { } value ? copy.WriteAsync(PostgresTexts.Kept(value), plan.Columns[i].Type) : copy.WriteNullAsync());
                }
            }

            await copy.CompleteAsync();
        }

        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
