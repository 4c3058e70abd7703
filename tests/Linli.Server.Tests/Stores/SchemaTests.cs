using Linli.Database;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Stores;

/// <summary>Upgrades with data in the store: copied first, migrated, never backwards, and PostgreSQL never by itself.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task An_older_store_keeps_its_data_and_SQLite_keeps_a_copy_of_before()
    {
        await using var today = await Town.FoundAsync();
        await AddAreaAsync(today);
        await using var later = Town.On(today.Store, LaterVersion.Options, keepsStore: true);

        var before = await later.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None));
        var copy = await later.InScopeAsync((Schema schema) => schema.MigrateAsync(CancellationToken.None));
        var after = await later.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None));

        Assert.Equal([LaterVersion.MigrationId], before.Missing);
        Assert.True(after.IsCurrent);
        Assert.Equal(1, await later.ReadAsync(db => db.Set<Area>().CountAsync(a => a.Code == "990000")));
        Assert.Equal(TestStores.IsSqlite, copy is not null);
        if (copy is not null)
        {
            Assert.Equal(1, await CountAsync(copy, "select count(*) from kernel_area where \"Code\" = '990000'"));
            Assert.Equal(0, await CountAsync(copy, "select count(*) from sqlite_master where name = 'kernel_later'"));
        }
    }

    [Fact]
    public async Task SQLite_upgrades_itself_at_start_and_PostgreSQL_asks_for_the_verb()
    {
        await using var today = await Town.FoundAsync();
        await using var later = Town.On(today.Store, LaterVersion.Options, keepsStore: true);

        var refused = await Record.ExceptionAsync(() => Readiness.EnsureAsync(later.Services, CancellationToken.None));

        Assert.Equal(TestStores.IsSqlite, refused is null);
        Assert.True(refused is null || refused.Message.Contains("linli migrate", StringComparison.Ordinal));
        Assert.Equal(TestStores.IsSqlite, (await later.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None))).IsCurrent);
    }

    [Fact]
    public async Task A_store_that_a_newer_version_wrote_is_refused_and_not_touched()
    {
        await using var today = await Town.FoundAsync();
        await using var later = Town.On(today.Store, LaterVersion.Options, keepsStore: true);
        await later.InScopeAsync((Schema schema) => schema.MigrateAsync(CancellationToken.None));

        var byStart = await Record.ExceptionAsync(() => Readiness.EnsureAsync(today.Services, CancellationToken.None));
        var byVerb = await Record.ExceptionAsync(() => today.InScopeAsync((Schema schema) => schema.MigrateAsync(CancellationToken.None)));

        Assert.Contains(LaterVersion.MigrationId, Assert.IsType<SchemaRefusedException>(byStart).Message, StringComparison.Ordinal);
        Assert.IsType<SchemaRefusedException>(byVerb);
        Assert.True((await later.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None))).IsCurrent);
        using var visitor = await today.HttpAsync();
        visitor.ExpectsServerErrors = true;
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/health/ready")).Status);
    }

    [Fact, Trait("Only", "sqlite")]
    public async Task A_new_SQLite_store_is_written_ahead_so_that_readers_never_wait()
    {
        Assert.SkipUnless(TestStores.IsSqlite, "PostgreSQL has no such setting.");
        await using var town = await Town.FoundAsync();

        Assert.Equal("wal", await town.ReadAsync(db => db.Database.SqlQueryRaw<string>("select journal_mode as Value from pragma_journal_mode").SingleAsync()));
    }

    private static Task AddAreaAsync(Town town) => town.InScopeAsync((LinliDb db) =>
    {
        db.Add(new Area { Code = "990000", Level = AreaLevel.Province, Name = "某省", FullName = "某省" });
        return db.CommitAsync(Act.BySystem("test.write", town.Clock.Now));
    });

    private static async Task<long> CountAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
