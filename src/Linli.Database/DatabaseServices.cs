using Linli.Database.Archive;
using Linli.Database.Dialect;
using Linli.Database.Watching;
using Linli.Database.Writing;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Database;

public static class DatabaseServices
{
    /// <summary>Seconds. What takes longer until its first row is there is given up; a call that waits for it ends sooner.</summary>
    private const int LongestQuery = 60;

    /// <summary>
    /// Registers <see cref="LinliDb"/>. <paramref name="choose"/> is the one place that decides which store a call uses;
    /// it is asked once per scope.
    /// </summary>
    public static IServiceCollection AddLinliDatabase(this IServiceCollection services, Func<IServiceProvider, Store> choose)
    {
        services.AddSingleton<CommitSignal>().AddSingleton<Pressure>();
        services.AddSingleton<ICommitGroups, CommitGroups>();
        services.AddSingleton<StoreWatches>();
        services.AddScoped(choose);
        services.AddScoped(scope => scope.GetRequiredService<StoreWatches>().Of(scope.GetRequiredService<Store>()));
        services.AddDbContext<SqliteLinliDb>((scope, options) => Use(options, scope.GetRequiredService<Store>()));
        services.AddDbContext<PostgresLinliDb>((scope, options) => Use(options, scope.GetRequiredService<Store>()));
        services.AddScoped<LinliDb>(scope => scope.GetRequiredService<Store>().IsSqlite
            ? scope.GetRequiredService<SqliteLinliDb>()
            : scope.GetRequiredService<PostgresLinliDb>());
        services.AddScoped<Schema>().AddScoped<WriteArchive>().AddScoped<ReadArchive>();
        return services;
    }

    /// <exception cref="InvalidOperationException">The provider is not known; the message names the two.</exception>
    private static void Use(DbContextOptionsBuilder options, Store store)
    {
        _ = store.Provider switch
        {
            // SQLite rebuilds tables with foreign keys off, which no transaction can hold; the copy of before is the way back.
            Store.Sqlite => options.UseSqlite(store.Connection, sqlite => sqlite.CommandTimeout(LongestQuery)).AddInterceptors(SqliteSettings.Instance, SqliteCancelling.Instance, SqliteLane.Instance)
                .ConfigureWarnings(w => w.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)),
            Store.Postgres => options.UseNpgsql(store.Connection, postgres => postgres.CommandTimeout(LongestQuery).MigrationsHistoryTable(HistoryRepository.DefaultTableName, store.Schema)).AddInterceptors(PostgresTexts.Instance, PostgresDialect.Locks.Instance),
            _ => throw new InvalidOperationException($"Database:Provider is '{store.Provider}'; use '{Store.Sqlite}' or '{Store.Postgres}'."),
        };
    }
}
