using System.Collections.Concurrent;
using Linli.Database.Dialect;
using Linli.Database.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Linli.Database;

/// <summary>How sessions reach the stores: worked out once for each store.</summary>
internal sealed class SessionSettings<T>(IServiceProvider services, IEnumerable<IDbContextOptionsConfiguration<T>> more)
    where T : DbContext
{
    /// <summary>Seconds. What takes longer until its first row is there is given up; a call that waits for it ends sooner.</summary>
    private const int LongestQuery = 60;
    private readonly ConcurrentDictionary<Store, DbContextOptions<T>> _known = new();

    /// <exception cref="InvalidOperationException">The provider is not known; the message names the two.</exception>
    public DbContextOptions<T> Of(Store store) => _known.GetOrAdd(store, Make);

    private DbContextOptions<T> Make(Store store)
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UseApplicationServiceProvider(services);
        _ = store.Provider switch
        {
            // SQLite rebuilds tables with foreign keys off, which no transaction can hold; the copy of before is the way back.
            Store.Sqlite => options.UseSqlite(store.Connection, sqlite => sqlite.CommandTimeout(LongestQuery)).AddInterceptors(SqliteSettings.Instance, SqliteCancelling.Instance, SqliteLane.Instance)
                .ConfigureWarnings(w => w.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)),
            Store.Postgres => options.UseNpgsql(store.Connection, postgres => postgres.CommandTimeout(LongestQuery).MigrationsHistoryTable(HistoryRepository.DefaultTableName, store.Schema)).AddInterceptors(PostgresTexts.Instance, PostgresDialect.Locks.Instance),
            _ => throw new InvalidOperationException($"Database:Provider is '{store.Provider}'; use '{Store.Sqlite}' or '{Store.Postgres}'."),
        };
        foreach (var each in more)
        {
            each.Configure(services, options);
        }

        return options.Options;
    }
}
