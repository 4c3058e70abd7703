using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Linli.Database.Archive;
using Linli.Kernel.Audit;

namespace Linli.Database.Dialect;

/// <summary>Rows of any table, out and in, by name. Names come from the model or from a manifest whose tables were made by our migrations.</summary>
internal abstract class ArchiveRows
{
    public static ArchiveRows Of(Store store) => store.IsSqlite ? SqliteArchiveRows.Instance : PostgresArchiveRows.Instance;

    public static async Task<long> CountAsync(DbTransaction within, string table, CancellationToken cancellation) =>
        await NumberAsync(within, $"select count(*) from {Quoted(table)}", cancellation);

    public static async IAsyncEnumerable<DbDataReader> ReadAsync(DbTransaction within, string table, IReadOnlyList<ArchiveColumn> columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(within, $"select {Names(columns)} from {Quoted(table)}");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return row;
        }
    }

    /// <summary>The number that the database gave out last in this column; 0 for none.</summary>
    public abstract Task<long> LastAsync(DbTransaction within, string table, string column, CancellationToken cancellation);

    /// <summary>Makes sure that nothing is lost, and takes away the rows that migrations themselves make.</summary>
    /// <exception cref="ArchiveRefusedException">Somebody works with this store already.</exception>
    public static async Task EmptyAsync(DbTransaction within, IReadOnlyList<ArchiveTable> tables, CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            var used = table.Name == Head ? $"select count(*) from {Head} where \"{nameof(AuditHead.KeyId)}\" <> ''" : $"select count(*) from {Quoted(table.Name)}";
            if (await NumberAsync(within, used, cancellation) is > 0 and var rows)
            {
                throw new ArchiveRefusedException("数据库不是空的（{0} 里有 {1} 行）。存档只能导入空的数据库；没有写任何东西。", table.Name, rows);
            }
        }

        if (tables.Any(t => t.Name == Head))
        {
            await RunAsync(within, $"delete from {Head}", cancellation);
        }
    }

    /// <returns>How many rows were written.</returns>
    public abstract Task<long> WriteAsync(DbTransaction within, ArchiveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation);

    /// <summary>The next row gets a number that no row ever had.</summary>
    public abstract Task CountFromAsync(DbTransaction within, string table, ArchiveCounter counter, CancellationToken cancellation);

    /// <summary>The one number that belongs to a server and not to the store: which of its writers the audit log waits for.</summary>
    public static Task SettleAsync(DbTransaction within, IReadOnlyList<ArchiveTable> tables, CancellationToken cancellation) => tables.Any(t => t.Name == Head)
        ? RunAsync(within, $"update {Head} set \"{nameof(AuditHead.AwaitedWriter)}\" = 0", cancellation)
        : Task.CompletedTask;

    private const string Head = "kernel_audit_head";

    protected static string Names(IReadOnlyList<ArchiveColumn> columns) => string.Join(", ", columns.Select(c => Quoted(c.Name)));

    protected static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    protected static async Task RunAsync(DbTransaction within, string sql, CancellationToken cancellation)
    {
        await using var command = Command(within, sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected static async Task<long> NumberAsync(DbTransaction within, string sql, CancellationToken cancellation)
    {
        await using var command = Command(within, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation) ?? 0L, CultureInfo.InvariantCulture);
    }

    protected static DbCommand Command(DbTransaction within, string sql)
    {
        var command = within.Connection!.CreateCommand();
        command.Transaction = within;
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // constants and quoted names of tables and columns
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
