using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Server.Tests.Stores.Archives;

/// <summary>The rows of a store as its own driver gives them, read without the archive's code; and a row in every table that has none.</summary>
internal static class StoreRows
{
    /// <summary>The number of a transaction of one PostgreSQL server (docs/operate/archive.md).</summary>
    private const string BelongsToTheServer = "AwaitedWriter";

    /// <summary>A line for every row, with the types of its cells, sorted; by table.</summary>
    public static Task<Dictionary<string, List<string>>> ReadAsync(Town town) => town.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var all = new Dictionary<string, List<string>>();
        foreach (var table in Tables(db))
        {
            var columns = string.Join(", ", table.Columns.Where(c => c.Name != BelongsToTheServer).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"\"{c.Name}\""));
            var rows = new List<string>();
            await using var command = Command(db, $"select {columns} from {table.Name}");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Cell(reader, i))));
            }

            rows.Sort(StringComparer.Ordinal);
            all[table.Name] = rows;
        }

        return all;
    });

    /// <summary>A made-up row for each table that the story left empty, so that a table is moved by the test as soon as it exists.</summary>
    public static Task FillEmptyTablesAsync(Town town) => town.InScopeAsync(async (LinliDb db) =>
    {
        await db.Database.OpenConnectionAsync();
        var tables = Tables(db);
        foreach (var pass in Enumerable.Range(0, 3)) // those that others refer to first; three storeys are enough
        {
            foreach (var table in tables)
            {
                await using var any = Command(db, $"select count(*) from {table.Name}");
                if (Convert.ToInt64(await any.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0 || await MadeUpAsync(db, table) is not { } cells)
                {
                    continue;
                }

                await using var insert = Command(db, $"insert into {table.Name} ({string.Join(", ", cells.Keys.Select(c => $"\"{c}\""))}) values ({string.Join(", ", cells.Keys.Select((_, i) => $"@p{i}"))})");
                foreach (var (i, value) in cells.Values.Index())
                {
                    var parameter = insert.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = ($"@p{i}", value);
                    insert.Parameters.Add(parameter);
                }

                await insert.ExecuteNonQueryAsync();
            }
        }
    });

    private static async Task<Dictionary<string, object>?> MadeUpAsync(LinliDb db, ITable table)
    {
        var cells = new Dictionary<string, object>();
        foreach (var column in table.Columns)
        {
            var property = column.PropertyMappings[0].Property;
            if (table.ForeignKeyConstraints.FirstOrDefault(k => k.Columns.Contains(column)) is { } key)
            {
                await using var command = Command(db, $"select \"{key.PrincipalColumns[0].Name}\" from {key.PrincipalTable.Name} limit 1");
                if (await command.ExecuteScalarAsync() is not { } other)
                {
                    return null;
                }

                cells[column.Name] = other;
            }
            else
            {
                cells[column.Name] = MadeUp(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, property.GetMaxLength(), db);
            }
        }

        return cells;
    }

    private static object MadeUp(Type type, int? longest, LinliDb db)
    {
        var time = new DateTime(638_000_000_123_456_780L, DateTimeKind.Utc);
        var text = "雨'\"\\\n\t🌧 ,末";
        return type == typeof(DateTimeOffset) ? db.Database.IsSqlite() ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) : time
            : type == typeof(Guid) ? Guid.Parse("0190abcd-ef01-7abc-8def-0123456789ab")
            : type == typeof(bool) ? true
            : type == typeof(int) ? int.MaxValue
            : type == typeof(long) ? (1L << 53) + 1
            : type == typeof(double) ? 0.1 + 0.2
            : type == typeof(decimal) ? 12345678901234.5678m
            : type == typeof(DateOnly) ? new DateOnly(2026, 2, 28)
            : type == typeof(TimeOnly) ? new TimeOnly(23, 59, 59, 123)
            : type == typeof(byte[]) ? new byte[] { 0, 1, 255 }
            : typeof(IEnumerable<string>).IsAssignableFrom(type) ? db.Database.IsSqlite() ? JsonSerializer.Serialize(new[] { text, "" }) : new[] { text, "" }
            : longest < text.Length ? "x" : text;
    }

    private static string Cell(DbDataReader reader, int i) => reader.GetValue(i) switch
    {
        DBNull => "∅",
        byte[] bytes => "bytes " + Convert.ToHexString(bytes),
        DateTime time => "time " + time.Ticks.ToString(CultureInfo.InvariantCulture),
        Array many => "many " + string.Join('\u001f', many.Cast<object>()),
        IFormattable value => $"{value.GetType().Name} {value.ToString(null, CultureInfo.InvariantCulture)}",
        var value => $"{value.GetType().Name} {value}",
    };

    private static List<ITable> Tables(LinliDb db) => [.. db.Model.GetRelationalModel().Tables];

    private static DbCommand Command(LinliDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // names of the model's own tables
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
