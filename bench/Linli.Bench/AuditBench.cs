using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Linli.Database;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Linli.Bench;

/// <summary>
/// Sealing and checking a large audit log, on SQLite and (with LINLI_BENCH_PG) on PostgreSQL. The reference is reading the same rows, every
/// column of entries and links in their order, and doing nothing with them.
/// </summary>
internal static class AuditBench
{
    private const string Database = "linli_bench_audit";
    private const string Changes = "Modified requests_request ×1; Added requests_event ×1; Added requests_clock_entry ×2; Added kernel_outbox_message ×1";
    private const string Columns = "\"Id\", \"Actor\", \"ActorId\", \"Verb\", \"At\", \"Subject\", \"Reason\", \"Changes\", \"Mac\"";
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly string[] Verbs = ["requests.Report", "requests.Dispatch", "requests.Sign", "requests.Contact", "requests.Resolve", "shell.sign-in", "outbox.TellThoseConcerned"];

    public static async Task<bool> RunAsync(int size)
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("linli-bench-").FullName);
        try
        {
            var met = await MeasureAsync("SQLite", new TestStore(data, Store.OfFile(data.Database)), size);
            if (Environment.GetEnvironmentVariable("LINLI_BENCH_PG") is not { } server)
            {
                Console.WriteLine("audit, PostgreSQL: left out (dotnet dev.cs bench audit starts one).");
                return met;
            }

            await using (var admin = NpgsqlDataSource.Create($"{server};Database=postgres"))
            {
                await admin.CreateCommand($"drop database if exists {Database}").ExecuteNonQueryAsync();
                await admin.CreateCommand($"create database {Database}").ExecuteNonQueryAsync();
            }

            return await MeasureAsync("PostgreSQL", new TestStore(new DataFolder(Path.Combine(data.Path, "postgres")), new Store(Store.Postgres, $"{server};Database={Database}")), size) && met;
        }
        finally
        {
            Directory.Delete(data.Path, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(string engine, TestStore store, int size)
    {
        await using var town = Town.On(store, new TownOptions { Now = Start }, keepsStore: true);
        await using var scope = town.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        await db.Database.OpenConnectionAsync();
        await PlantAsync(db, scope.ServiceProvider.GetRequiredService<AuditKeys>().Current, size);

        var start = Stopwatch.GetTimestamp();
        await scope.ServiceProvider.GetRequiredService<AuditSealer>().SealAllAsync(CancellationToken.None);
        var sealing = Stopwatch.GetElapsedTime(start);
        var reading = await ReadAsync(db.Database.GetDbConnection());
        start = Stopwatch.GetTimestamp();
        var report = await scope.ServiceProvider.GetRequiredService<CheckAudit>().HandleAsync(new AuditQuestion(), CancellationToken.None);
        var checking = Stopwatch.GetElapsedTime(start);
        if (!report.IsWhole || report.Sealed != size || report.Unsealed != 0)
        {
            throw new InvalidOperationException($"The log is not whole: {report}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"audit, {engine}, {size:N0} entries: sealed in {sealing.TotalSeconds:F1} s, read in {reading.TotalSeconds:F1} s, checked in {checking.TotalSeconds:F1} s, {checking / reading:F1} x reading"));
        return Measure.Target($"{engine}: a million entries are checked in less than {Most.TotalSeconds:F0} s", checking / size * 1_000_000 < Most);
    }

    private static async Task PlantAsync(LinliDb db, AuditKey key, int size)
    {
        var entries = Enumerable.Range(0, size).Select(n =>
        {
            var fields = new AuditFields("Staff", Guid.CreateVersion7(), Verbs[n % Verbs.Length], Start.AddSeconds(n).UtcTicks, $"20260302{n % 100_000:D6}", n % 4 == 0 ? "not-ours" : null, Changes);
            return (Fields: fields, Mac: key.MacOf(fields));
        });
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, entries);
        }
        else
        {
            await InsertAsync((SqliteConnection)db.Database.GetDbConnection(), entries);
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<(AuditFields Fields, byte[] Mac)> entries)
    {
        await using (var import = await connection.BeginBinaryImportAsync($"copy kernel_audit_entry ({Columns[6..]}) from stdin (format binary)"))
        {
            foreach (var (fields, mac) in entries)
            {
                await import.StartRowAsync();
                await import.WriteAsync(fields.Actor, NpgsqlDbType.Text);
                await import.WriteAsync(fields.ActorId, NpgsqlDbType.Uuid);
                await import.WriteAsync(fields.Verb, NpgsqlDbType.Text);
                await import.WriteAsync(new DateTime(fields.Ticks, DateTimeKind.Utc), NpgsqlDbType.TimestampTz);
                await import.WriteAsync(fields.Subject, NpgsqlDbType.Text);
                await import.WriteAsync(fields.Reason, NpgsqlDbType.Text);
                await import.WriteAsync(fields.Changes, NpgsqlDbType.Text);
                await import.WriteAsync(mac, NpgsqlDbType.Bytea);
            }

            await import.CompleteAsync();
        }

        await using var analyze = new NpgsqlCommand("analyze", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task InsertAsync(SqliteConnection connection, IEnumerable<(AuditFields Fields, byte[] Mac)> entries)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"insert into kernel_audit_entry ({Columns[6..]}) values ($1, $2, $3, $4, $5, $6, $7, $8)";
        for (var n = 1; n <= 8; n++)
        {
            command.Parameters.Add(new SqliteParameter($"${n}", DBNull.Value));
        }

        foreach (var (fields, mac) in entries)
        {
            object?[] values =
            [
                fields.Actor, fields.ActorId.ToString().ToUpperInvariant(), fields.Verb, new DateTime(fields.Ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
                fields.Subject, fields.Reason, fields.Changes, mac,
            ];
            for (var n = 0; n < values.Length; n++)
            {
                command.Parameters[n].Value = values[n] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static async Task<TimeSpan> ReadAsync(DbConnection connection)
    {
        var start = Stopwatch.GetTimestamp();
        long sink = 0;
        foreach (var sql in (string[])[$"select {Columns} from kernel_audit_entry order by \"Id\"", "select \"Sequence\", \"EntryId\", \"Hash\", \"Mac\" from kernel_audit_link order by \"Sequence\""])
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the two constants above
            command.CommandText = sql;
#pragma warning restore CA2100
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                for (var column = 0; column < row.FieldCount; column++)
                {
                    sink += row.GetValue(column) is string text ? text.Length : 1;
                }
            }
        }

        GC.KeepAlive(sink);
        return Stopwatch.GetElapsedTime(start);
    }
}
