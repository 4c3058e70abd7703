using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linli.Database.Writing;

/// <summary>Copies the rows of each table in one go.</summary>
internal sealed class PostgresRows(string connectionString) : IRowWriter
{
    public async Task WriteAsync(IReadOnlyList<PlannedRow> rows)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var asked in rows.Where(r => r.Rival is not null).GroupBy(r => (r.Plan.Table, r.Rival!.Value.Column), r => r.Rival!.Value.Value))
        {
            await using var ask = new NpgsqlCommand($"select 1 from \"{asked.Key.Table}\" where \"{asked.Key.Column}\" = any(@values) limit 1", connection, transaction);
            ask.Parameters.AddWithValue("values", asked.ToArray());
            await ask.PrepareAsync();
            if (await ask.ExecuteScalarAsync() is not null)
            {
                throw new DbUpdateException("There is one like it already.");
            }
        }

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
