using Linli.Database.Archive;
using Linli.Database.Watching;
using Linli.Database.Writing;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Linli.Database;

public static class DatabaseServices
{
    /// <summary>
    /// Registers <see cref="LinliDb"/>. <paramref name="choose"/> is the one place that decides which store a call uses;
    /// it is asked once per scope.
    /// </summary>
    public static IServiceCollection AddLinliDatabase(this IServiceCollection services, Func<IServiceProvider, Store> choose)
    {
        services.AddSingleton<CommitSignal>().AddSingleton<Pressure>();
        services.AddSingleton<CommitGroups>();
        services.AddSingleton<StoreWatches>();
        services.AddScoped(choose);
        services.AddScoped(scope => scope.GetRequiredService<CommitGroups>().Of(scope.GetRequiredService<Store>()));
        services.AddScoped(scope => scope.GetRequiredService<StoreWatches>().Of(scope.GetRequiredService<Store>()));
        services.AddSession<SqliteLinliDb>().AddSession<PostgresLinliDb>();
        services.AddScoped<LinliDb>(scope => scope.GetRequiredService<Store>().IsSqlite
            ? scope.GetRequiredService<SqliteLinliDb>()
            : scope.GetRequiredService<PostgresLinliDb>());
        services.AddScoped<Schema>().AddScoped<WriteArchive>().AddScoped<ReadArchive>();
        return services;
    }

    /// <summary>Sessions of one store share their settings: to work them out takes longer than many a session lasts.</summary>
    private static IServiceCollection AddSession<T>(this IServiceCollection services)
        where T : LinliDb =>
        services.AddDbContext<T>().AddSingleton<SessionSettings<T>>()
            .Replace(ServiceDescriptor.Scoped(scope => scope.GetRequiredService<SessionSettings<T>>().Of(scope.GetRequiredService<Store>())));
}
