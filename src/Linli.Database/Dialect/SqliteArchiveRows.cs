using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Linli.Database.Archive;

namespace Linli.Database.Dialect;

internal sealed class SqliteArchiveRows : ArchiveRows
{
    public static readonly SqliteArchiveRows Instance = new();

    public override Task<long> LastAsync(DbTransaction within, string table, string column, CancellationToken cancellation) =>
        NumberAsync(within, $"select max(coalesce((select seq from sqlite_sequence where name = '{Literal(table)}'), 0), coalesce((select max({Quoted(column)}) from {Quoted(table)}), 0))", cancellation);

    public override async Task<long> WriteAsync(DbTransaction within, ArchiveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        // Rows of one table refer to each other in any order; what is missing at the end is refused by the commit.
        await RunAsync(within, "pragma defer_foreign_keys = on", cancellation);
        await using var command = Command(within, $"insert into {Quoted(table.Name)} ({Names(table.Columns)}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", DBNull.Value);
            command.Parameters.Add(parameter);
        }

        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] switch
                {
                    null => DBNull.Value,
                    DateTime time => ArchiveCells.Sortable(time),
                    string[] texts => JsonSerializer.Serialize(texts),
                    var value => value,
                };
            }

            await command.ExecuteNonQueryAsync(cancellation);
            count++;
        }

        return count;
    }

    public override async Task CountFromAsync(DbTransaction within, string table, ArchiveCounter counter, CancellationToken cancellation)
    {
        var last = counter.Last.ToString(CultureInfo.InvariantCulture);
        await RunAsync(within, $"delete from sqlite_sequence where name = '{Literal(table)}'", cancellation);
        if (counter.Last > 0)
        {
            await RunAsync(within, $"insert into sqlite_sequence (name, seq) values ('{Literal(table)}', {last})", cancellation);
        }
    }

    private static string Literal(string name) => name.Replace("'", "''", StringComparison.Ordinal);
}
