using Linli.Database;

namespace Linli.Server;

/// <summary>What must hold before anything uses the store.</summary>
internal static class Readiness
{
    /// <summary>
    /// SQLite migrates itself (one process owns the file). PostgreSQL is migrated by `linli migrate` alone:
    /// several instances that start at once must not race.
    /// </summary>
    /// <exception cref="SchemaRefusedException">The store is newer than this version, or PostgreSQL is behind it.</exception>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var schema = scope.ServiceProvider.GetRequiredService<Schema>();
        if (!scope.ServiceProvider.GetRequiredService<Store>().IsSqlite)
        {
            await schema.RequireCurrentAsync(cancellation);
        }
        else if (await schema.MigrateAsync(cancellation) is { } copy)
        {
            Terminal.Say("数据库已升级；升级前的副本：{0}", copy);
        }
    }
}
