using System.Data.Common;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Database;

/// <summary>Which engine and where: the one place that decides which store a call uses.</summary>
/// <param name="Provider">sqlite or postgres.</param>
/// <param name="Connection">An ADO.NET connection string of that engine.</param>
public sealed record Store(string Provider, string Connection)
{
    public bool IsSqlite => Provider == "sqlite";
}

public static class DatabaseServices
{
    /// <exception cref="InvalidOperationException">The provider is not known; the message names the two.</exception>
    public static IServiceCollection AddLinliDatabase(this IServiceCollection services, Store store)
    {
        services.AddSingleton(store);
        services.AddSingleton<CommitSignal>();
        return store.Provider switch
        {
            "sqlite" => services.AddDbContext<LinliDb, SqliteLinliDb>(o => o.UseSqlite(store.Connection).AddInterceptors(SqliteSettings.Instance)),
            "postgres" => services.AddDbContext<LinliDb, PostgresLinliDb>(o => o.UseNpgsql(store.Connection)),
            _ => throw new InvalidOperationException($"Database:Provider is '{store.Provider}'; use 'sqlite' or 'postgres'."),
        };
    }

    /// <summary>Settings that SQLite keeps per connection.</summary>
    private sealed class SqliteSettings : DbConnectionInterceptor
    {
        public static readonly SqliteSettings Instance = new();
        private const string Pragmas = "pragma busy_timeout=30000; pragma synchronous=full; pragma foreign_keys=on; pragma cache_size=-16000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
