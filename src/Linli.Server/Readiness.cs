using Linli.Database;
using Linli.Kernel.Audit;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Privacy;
using Linli.Shell.Accounts;

namespace Linli.Server;

/// <summary>What must hold before anything uses the store.</summary>
internal static class Readiness
{
    /// <summary>
    /// SQLite migrates itself (one process owns the file). PostgreSQL is migrated by `linli migrate` alone:
    /// several instances that start at once must not race.
    /// </summary>
    /// <exception cref="SchemaRefusedException">The store is newer than this version, or PostgreSQL is behind it.</exception>
    /// <param name="ownAuditKey">False only for the verb that begins the audit log anew after its key was lost.</param>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellation, bool ownAuditKey = true)
    {
        await using var scope = services.CreateAsyncScope();
        if (!scope.ServiceProvider.GetRequiredService<Store>().IsSqlite)
        {
            await scope.ServiceProvider.GetRequiredService<Schema>().RequireCurrentAsync(cancellation);
            await CheckKeysAsync(scope.ServiceProvider, ownAuditKey, cancellation);
        }
        else if (await UpgradeAsync(scope.ServiceProvider, cancellation, ownAuditKey) is { } copy)
        {
            Terminal.Say("数据库已升级；升级前的副本：{0}", copy);
        }
    }

    /// <summary>Brings the tables up to date, then what older versions wrote into them.</summary>
    /// <returns>The copy of before, if one was needed.</returns>
    /// <exception cref="SchemaRefusedException">A newer Linli wrote this store.</exception>
    /// <exception cref="KeysRefusedException">The keys of its personal data are not there.</exception>
    public static async Task<string?> UpgradeAsync(IServiceProvider scope, CancellationToken cancellation, bool ownAuditKey = true)
    {
        var copy = await scope.GetRequiredService<Schema>().MigrateAsync(cancellation);
        await CheckKeysAsync(scope, ownAuditKey, cancellation);
        await scope.GetRequiredService<SealOldRows>().RunAsync(cancellation);
        await scope.GetRequiredService<SealOldAccounts>().RunAsync(cancellation);
        await scope.GetRequiredService<FillReasons>().RunAsync(cancellation);
        await scope.GetRequiredService<FillSectors>().RunAsync(cancellation);
        await scope.GetRequiredService<FillCountysCalendar>().RunAsync(cancellation);
        return copy;
    }

    /// <summary>The audit log's first: whatever is written needs it.</summary>
    private static async Task CheckKeysAsync(IServiceProvider scope, bool ownAuditKey, CancellationToken cancellation)
    {
        if (ownAuditKey)
        {
            await scope.GetRequiredService<AuditKeyCheck>().EnsureAsync(cancellation);
        }

        await scope.GetRequiredService<KeyCheck>().EnsureAsync(cancellation);
    }
}
