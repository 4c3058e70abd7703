using System.Data.Common;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Linli.Database.Dialect;

/// <summary>
/// Every sealed cell of the store, whatever table it stands in: which key it uses, and sealing it anew with the current one. Cell by cell and only
/// where nobody has written meanwhile, so that work goes on beside it.
/// </summary>
public sealed class SealedCells(LinliDb db, KeyRing ring, FieldCipher cipher, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>How many cells each key has sealed; keys that sealed none are not named.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>();
        await using var open = await OpenAsync(cancellation);
        foreach (var column in Columns())
        {
            await using var command = open.Command($"select substr({column.Name}, 1, {KeyLength}), count(*) from {column.Table} where {column.Name} is not null group by 1");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                counts[reader.GetString(0)] = counts.GetValueOrDefault(reader.GetString(0)) + reader.GetInt64(1);
            }
        }

        return counts;
    }

    /// <summary>Seals up to one batch of each column with the current key; an act of its own.</summary>
    /// <returns>How many cells were sealed anew; 0 when all are.</returns>
    public async Task<int> ResealAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var column in Columns())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var done = await ResealAsync(column, cancellation);
            if (done > 0)
            {
                await db.CommitAsync(Act.BySystem("privacy.reseal", time.GetUtcNow(), $"{column.Entity}.{column.Property} ×{done}"), cancellation);
            }

            await transaction.CommitAsync(cancellation);
            count += done;
        }

        return count;
    }

    private const int KeyLength = 8;

    private async Task<int> ResealAsync(Column column, CancellationToken cancellation)
    {
        var key = ring.Current.Id;
        await using var open = await OpenAsync(cancellation);
        var rows = new List<(object[] Key, string Stored)>();
        await using (var command = open.Command($"select {column.Name}, {string.Join(", ", column.Keys.Select(k => k.Name))} from {column.Table} where {column.Name} is not null and {column.Name} not like '{key}.%' limit {Batch}"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(([.. Enumerable.Range(1, column.Keys.Count).Select(reader.GetValue)], reader.GetString(0)));
            }
        }

        var count = 0;
        foreach (var (row, stored) in rows)
        {
            var cell = new Cell(column.Entity, column.Property, string.Join('/', column.Keys.Zip(row, (k, value) => TextOf(k.Type, value))));
            var anew = cipher.Seal(cell, cipher.Open(cell, SealedText.FromStored(stored)))!;
            await using var command = open.Command($"update {column.Table} set {column.Name} = @new where {column.Name} = @old and {string.Join(" and ", column.Keys.Select((k, i) => $"{k.Name} = @k{i}"))}");
            Add(command, "@new", anew.Stored);
            Add(command, "@old", stored);
            for (var i = 0; i < row.Length; i++)
            {
                Add(command, $"@k{i}", row[i]);
            }

            count += await command.ExecuteNonQueryAsync(cancellation);
        }

        return count;
    }

    /// <summary>As <see cref="Cell"/> writes keys; SQLite gives ids as text.</summary>
    private static string TextOf(Type type, object value) =>
        type == typeof(Guid) ? (value as Guid? ?? Guid.Parse((string)value)).ToString("N") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private IEnumerable<Column> Columns() =>
        from entity in db.Model.GetEntityTypes()
        where entity.GetTableName() is not null
        let table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema())
        from property in entity.GetProperties()
        where property.ClrType == typeof(SealedText)
        select new Column(Quoted(table.Name), entity.ClrType.Name, property.Name, Quoted(property.GetColumnName(table)!),
            [.. entity.FindPrimaryKey()!.Properties.Select(k => (Quoted(k.GetColumnName(table)!), k.ClrType))]);

    private static string Quoted(string name) => $"\"{name}\"";

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private async Task<Session> OpenAsync(CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        return new Session(db);
    }

    private sealed record Column(string Table, string Entity, string Property, string Name, IReadOnlyList<(string Name, Type Type)> Keys);

    /// <summary>The session's connection, inside its transaction where there is one.</summary>
    private sealed class Session(LinliDb db) : IAsyncDisposable
    {
        public DbCommand Command(string sql)
        {
            var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // names of the model's own tables and columns, and a key's hexadecimal name
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            return command;
        }

        public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
    }
}
