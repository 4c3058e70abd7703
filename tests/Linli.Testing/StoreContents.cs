using System.Data.Common;
using System.Globalization;
using System.Text;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Testing;

/// <summary>Everything that a store holds, as text: what a thief of the database could read.</summary>
public static class StoreContents
{
    /// <summary>Every cell of every table, and on SQLite the files as they are, with what was deleted and what stands in the log.</summary>
    public static async Task<string> ReadAsync(Town town)
    {
        var contents = new StringBuilder();
        await town.InScopeAsync((LinliDb db) => ReadTablesAsync(db, contents));
        if (town.Store.Store.File is { } file)
        {
            foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists))
            {
                await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.UTF8);
                contents.Append(await reader.ReadToEndAsync());
            }
        }

        return contents.ToString();
    }

    /// <summary>Cells as "table.column: value", a line each.</summary>
    private static async Task ReadTablesAsync(LinliDb db, StringBuilder contents)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of the model's own tables
            command.CommandText = $"select * from {table}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                ReadRow(reader, table, contents);
            }
        }
    }

    private static void ReadRow(DbDataReader reader, string table, StringBuilder contents)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var value = reader.IsDBNull(i) ? null : reader.GetValue(i) is Array many and not byte[] ? string.Join('\u001f', many.Cast<object>()) : reader.GetValue(i);
            contents.Append(CultureInfo.InvariantCulture, $"{table}.{reader.GetName(i)}: {value}\n");
        }
    }
}
