using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Linli.Database;

/// <summary>Settings that SQLite keeps per connection. (WAL is kept in the file; EF sets it when it creates one.)</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    public static readonly SqliteSettings Instance = new();
    private const string Pragmas = "pragma busy_timeout=30000; pragma synchronous=full; pragma foreign_keys=on; pragma cache_size=-16000; pragma secure_delete=on; pragma wal_autocheckpoint=4000;";

    /// <summary>Connections come from a pool; the one beneath keeps what it was told.</summary>
    private static readonly ConditionalWeakTable<sqlite3, object> Told = [];

    public static void Set(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || !Told.TryAdd(handle, handle))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);   // SQLite's driver has nothing to wait for here
        return Task.CompletedTask;
    }
}
