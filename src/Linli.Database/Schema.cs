using Linli.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database;

/// <summary>How the tables of a store compare with those that this version of Linli knows.</summary>
/// <param name="Missing">Migrations that the store has not had yet, oldest first.</param>
/// <param name="Unknown">Migrations that the store has had and this version does not know: a newer Linli wrote it.</param>
public sealed record SchemaState(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, bool IsEmpty)
{
    public bool IsCurrent => Missing.Count == 0 && Unknown.Count == 0;
}

/// <summary>Brings the tables of a store up to date, never backwards, and never without a copy of what was there.</summary>
public sealed class Schema(LinliDb db, Store store, TimeProvider clock)
{
    public async Task<SchemaState> LookAsync(CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = store.File is { } file && !File.Exists(file)
            ? []
            : (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        return new SchemaState([.. known.Except(applied)], [.. applied.Except(known)], applied.Count == 0);
    }

    /// <summary>Applies what is missing. A SQLite file is copied beside itself first, while it may be in use.</summary>
    /// <returns>The copy, if one was needed.</returns>
    /// <exception cref="SchemaRefusedException">A newer Linli wrote this store.</exception>
    public async Task<string?> MigrateAsync(CancellationToken cancellation)
    {
        var state = await LookAsync(cancellation);
        RefuseNewer(state);
        if (state.IsCurrent)
        {
            return null;
        }

        var copy = state.IsEmpty ? null : await CopyAsync(state.Missing[^1], cancellation);
        await MakeSchemaAsync(cancellation);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6)); // a county of years
        await db.Database.MigrateAsync(cancellation);
        return copy;
    }

    /// <summary>PostgreSQL alone has schemas.</summary>
    internal async Task MakeSchemaAsync(CancellationToken cancellation)
    {
        if (store.Schema is { } schema)
        {
            var quoted = schema.Replace("\"", "\"\"", StringComparison.Ordinal); // a name cannot be a parameter
            var create = $"create schema if not exists \"{quoted}\"";
            await db.Database.ExecuteSqlRawAsync(create, cancellation);
        }
    }

    /// <exception cref="SchemaRefusedException">The store is older or newer than this version.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancellation)
    {
        var state = await LookAsync(cancellation);
        RefuseNewer(state);
        if (!state.IsCurrent)
        {
            throw new SchemaRefusedException(
                "数据库结构落后于本程序（缺少 {0} 次升级，第一次为 {1}）。请先备份，再运行 linli migrate，然后重新启动。",
                state.Missing.Count, state.Missing[0]);
        }
    }

    private static void RefuseNewer(SchemaState state)
    {
        if (state.Unknown.Count > 0)
        {
            throw new SchemaRefusedException(
                "数据库由更新版本的邻里写成（含本程序不认识的升级 {0}）。请安装更新的版本，或恢复升级前的备份；未作任何改动。",
                state.Unknown[^1]);
        }
    }

    private async Task<string?> CopyAsync(string upTo, CancellationToken cancellation)
    {
        if (store.File is not { } file)
        {
            return null;
        }

        var copy = $"{file}.{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-before-{upTo[(upTo.IndexOf('_', StringComparison.Ordinal) + 1)..]}";
        await using var source = new SqliteConnection(store.Connection);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ConnectionString);
        await source.OpenAsync(cancellation);
        source.BackupDatabase(target);
        return copy;
    }
}

/// <summary>The store cannot be used by this version; nothing was changed. Carries a text key and its values, as a Failure does.</summary>
public sealed class SchemaRefusedException(string message, params object[] values) : Exception(string.Format(null, message, values))
{
    public string Key { get; } = message;
    public IReadOnlyList<object> Values { get; } = values;
}
