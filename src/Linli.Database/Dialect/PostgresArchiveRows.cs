using System.Data.Common;
using System.Globalization;
using Linli.Database.Archive;
using Npgsql;
using NpgsqlTypes;

namespace Linli.Database.Dialect;

internal sealed class PostgresArchiveRows : ArchiveRows
{
    public static readonly PostgresArchiveRows Instance = new();

    public override async Task<long> LastAsync(DbTransaction within, string table, string column, CancellationToken cancellation)
    {
        await using var named = Command(within, $"select pg_get_serial_sequence('{Literal(Quoted(table))}', '{Literal(column)}')");
        var sequence = (string)(await named.ExecuteScalarAsync(cancellation))!;
        return await NumberAsync(within, $"select greatest((select case when is_called then last_value else 0 end from {sequence}), coalesce((select max({Quoted(column)}) from {Quoted(table)}), 0))", cancellation);
    }

    /// <summary>One statement for the whole table: its rows may refer to each other.</summary>
    public override async Task<long> WriteAsync(DbTransaction within, ArchiveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)within.Connection!;
        await using var copy = await connection.BeginBinaryImportAsync($"copy {Quoted(table.Name)} ({Names(table.Columns)}) from stdin (format binary)", cancellation);
        copy.Timeout = TimeSpan.FromHours(6); // zero is no time at all here
        var types = table.Columns.Select(c => TypeOf(c.Kind)).ToList();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await copy.StartRowAsync(cancellation);
            for (var i = 0; i < row.Length; i++)
            {
                await (row[i] switch
                {
                    null => copy.WriteNullAsync(cancellation),
                    string text => copy.WriteAsync(text.Replace('\0', '\uFFFD'), types[i], cancellation),
                    var value => copy.WriteAsync(value, types[i], cancellation),
                });
            }
        }

        return (long)await copy.CompleteAsync(cancellation);
    }

    public override Task CountFromAsync(DbTransaction within, string table, ArchiveCounter counter, CancellationToken cancellation) => RunAsync(
        within,
        $"select setval(pg_get_serial_sequence('{Literal(Quoted(table))}', '{Literal(counter.Column)}'), {Math.Max(1, counter.Last).ToString(CultureInfo.InvariantCulture)}, {(counter.Last > 0 ? "true" : "false")})",
        cancellation);

    private static NpgsqlDbType TypeOf(CellKind kind) => kind switch
    {
        CellKind.Text => NpgsqlDbType.Text,
        CellKind.Bool => NpgsqlDbType.Boolean,
        CellKind.Whole32 => NpgsqlDbType.Integer,
        CellKind.Whole64 => NpgsqlDbType.Bigint,
        CellKind.Real => NpgsqlDbType.Double,
        CellKind.Exact => NpgsqlDbType.Numeric,
        CellKind.Uuid => NpgsqlDbType.Uuid,
        CellKind.Time => NpgsqlDbType.TimestampTz,
        CellKind.Date => NpgsqlDbType.Date,
        CellKind.TimeOfDay => NpgsqlDbType.Time,
        CellKind.Bytes => NpgsqlDbType.Bytea,
        CellKind.Texts => NpgsqlDbType.Array | NpgsqlDbType.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Literal(string name) => name.Replace("'", "''", StringComparison.Ordinal);
}
