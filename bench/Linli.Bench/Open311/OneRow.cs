using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Linli.Bench.Open311;

/// <summary>The reference: one row at a time, each durable before the next, by one writer with a prepared statement. Nothing that keeps reports one by one can be faster.</summary>
internal static class OneRow
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    public static async Task<double> SqliteAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "one-row.db")};Pooling=false");
        await connection.OpenAsync();
        return await MeasureAsync(connection, "pragma journal_mode=wal; pragma synchronous=full; create table one_row (id integer primary key, text text not null)");
    }

    public static async Task<double> PostgresAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return await MeasureAsync(connection, "create table one_row (id bigint generated always as identity primary key, text text not null)");
    }

    private static async Task<double> MeasureAsync(DbConnection connection, string create)
    {
        await using (var table = connection.CreateCommand())
        {
            table.CommandText = create;
            await table.ExecuteNonQueryAsync();
        }

        await using var insert = connection.CreateCommand();
        insert.CommandText = "insert into one_row (text) values (@text)";
        var text = insert.CreateParameter();
        (text.ParameterName, text.Value) = ("text", new string('路', 60));
        insert.Parameters.Add(text);
        await insert.PrepareAsync();
        var (count, clock) = (0, Stopwatch.StartNew());
        for (; clock.Elapsed < Time; count++)
        {
            await insert.ExecuteNonQueryAsync();
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
