using Linli.Database;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linli.Server.Tests.Stores;

/// <summary>One jurisdiction, one store: a SQLite file, or a schema in a PostgreSQL database that several counties share.</summary>
public sealed class TwoCountiesTests
{
    [Fact]
    public async Task Two_counties_in_one_process_never_see_each_other()
    {
        var stores = await TwoStoresAsync();
        await using var huguan = Town.On(stores[0]);
        await using var pingshun = Town.On(stores[1]);
        await Task.WhenAll(FoundAsync(huguan, "140427", "壶关县"), FoundAsync(pingshun, "140425", "平顺县"));

        Assert.Equal(["壶关县"], await CountiesAsync(huguan));
        Assert.Equal(["平顺县"], await CountiesAsync(pingshun));
        using var inHuguan = await huguan.HttpAsync();
        using var inPingshun = await pingshun.HttpAsync();
        Assert.Equal("ready", (await inHuguan.GetAsync("/health/ready")).Text);
        Assert.Equal("ready", (await inPingshun.GetAsync("/health/ready")).Text);
    }

    [Fact, Trait("Only", "postgres")]
    public async Task No_table_stands_outside_the_schema_of_its_county()
    {
        Assert.SkipWhen(TestStores.IsSqlite, "A SQLite file has no schemas.");
        var stores = await TwoStoresAsync();
        await using var huguan = Town.On(stores[0]);
        await using var pingshun = Town.On(stores[1]);
        await Task.WhenAll(FoundAsync(huguan, "140427", "壶关县"), FoundAsync(pingshun, "140425", "平顺县"));

        var schemas = await huguan.ReadAsync(db => db.Database.SqlQueryRaw<string>(
            "select schemaname as \"Value\" from pg_tables where schemaname not in ('pg_catalog', 'information_schema') group by 1 order by 1").ToListAsync());

        Assert.Equal(["huguan", "pingshun"], schemas);
    }

    private static async Task FoundAsync(Town county, string code, string name)
    {
        await county.InScopeAsync((Schema schema) => schema.MigrateAsync(CancellationToken.None));
        await county.InScopeAsync((LinliDb db) =>
        {
            db.Add(new Area { Code = code, Level = AreaLevel.County, Name = name, FullName = name });
            return db.CommitAsync(Act.BySystem("test.found", county.Clock.Now));
        });
    }

    private static Task<List<string>> CountiesAsync(Town county) => county.ReadAsync(db => db.Set<Area>().Select(a => a.Name).ToListAsync());

    /// <summary>Two files, or two schemas of one database.</summary>
    private static async Task<TestStore[]> TwoStoresAsync()
    {
        var (first, second) = (await TestStores.EmptyAsync(), await TestStores.EmptyAsync());
        if (TestStores.IsSqlite)
        {
            return [first, second];
        }

        var database = new NpgsqlConnectionStringBuilder(first.Store.Connection).Database;
        return [InSchema(first, "huguan"), InSchema(second, "pingshun")];

        TestStore InSchema(TestStore store, string schema) => store with
        {
            Store = store.Store with { Connection = new NpgsqlConnectionStringBuilder(store.Store.Connection) { Database = database, SearchPath = schema }.ConnectionString },
        };
    }
}
