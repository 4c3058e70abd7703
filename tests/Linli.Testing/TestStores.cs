using Linli.Database;
using Linli.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Linli.Testing;

/// <summary>A store in a data folder of its own, for one test.</summary>
public sealed record TestStore(DataFolder Data, Store Store);

/// <summary>Makes stores as copies of a template, and throws them away. LINLI_TEST_DB chooses sqlite (default) or postgres.</summary>
public static class TestStores
{
    private const long Enough = 512L * 1024 * 1024;

    private static readonly string Place = Path.Combine(Fast(), $"linli-{Environment.ProcessId}-{Guid.NewGuid():N}");

    private static int _count;

    static TestStores() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Directory.Exists(Place))
        {
            Directory.Delete(Place, recursive: true);
        }
    };

    public static bool IsSqlite { get; } = (Environment.GetEnvironmentVariable("LINLI_TEST_DB") ?? Store.Sqlite) == Store.Sqlite;

    /// <summary>A store without tables: the file or database does not exist yet, or is empty.</summary>
    public static async Task<TestStore> EmptyAsync(string name = "empty")
    {
        var data = NewFolder(name);
        if (IsSqlite)
        {
            return new TestStore(data, Store.OfFile(data.Database));
        }

        var database = Path.GetFileName(data.Path);
        await AdminAsync($"create database {database}");
        return new TestStore(data, Postgres(database));
    }

    /// <summary>A SQLite file that does not exist yet, whichever engine the other tests use.</summary>
    public static TestStore EmptyFile(string name = "file")
    {
        var data = NewFolder(name);
        return new TestStore(data, Store.OfFile(data.Database));
    }

    public static async Task<TestStore> CopyAsync(TestStore template)
    {
        var data = NewFolder("town");
        CopyFolder(template.Data.Path, data.Path);
        if (IsSqlite)
        {
            return new TestStore(data, Store.OfFile(data.Database));
        }

        var database = Path.GetFileName(data.Path);
        await AdminAsync($"create database {database} template {new NpgsqlConnectionStringBuilder(template.Store.Connection).Database}");
        return new TestStore(data, Postgres(database));
    }

    /// <summary>Closes what is open, so that the store can be copied or deleted.</summary>
    public static void Close(TestStore store)
    {
        if (store.Store.IsSqlite)
        {
            using var connection = new SqliteConnection(store.Store.Connection);
            SqliteConnection.ClearPool(connection);
        }
        else
        {
            using var connection = new NpgsqlConnection(store.Store.Connection);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    public static async Task DropAsync(TestStore store)
    {
        Close(store);
        if (!store.Store.IsSqlite)
        {
            await AdminAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(store.Store.Connection).Database} with (force)");
        }

        Directory.Delete(store.Data.Path, recursive: true);
    }

    /// <summary>Memory instead of a disk where the system has enough of it: a test must not wait for fsync.</summary>
    private static string Fast()
    {
        const string memory = "/dev/shm";
        return Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace > Enough ? memory : Path.GetTempPath();
    }

    private static DataFolder NewFolder(string name) =>
        new(Directory.CreateDirectory(Path.Combine(Place, $"linli_{name}_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}")).FullName);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static Store Postgres(string database) =>
        new(Store.Postgres, new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 40 }.ConnectionString);

    private static string Server => Environment.GetEnvironmentVariable("LINLI_TEST_PG")
        ?? throw new InvalidOperationException("LINLI_TEST_PG is not set: `dotnet dev.cs test` starts a PostgreSQL and sets it.");

    private static async Task AdminAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
