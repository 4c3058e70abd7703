using Linli.Database;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Background;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Each county has its own workers (docs/decisions/0004): none of them touches the store of the other.</summary>
    [Fact]
    public async Task Events_and_periodic_work_of_each_county_are_done_on_its_own_store()
    {
        var stores = await TwoStoresAsync();
        var (seenInHuguan, seenInPingshun) = (new Seen(), new Seen());
        await using var huguan = Town.On(stores[0], WithWorkers(seenInHuguan));
        await using var pingshun = Town.On(stores[1], WithWorkers(seenInPingshun));
        await Task.WhenAll(FoundAsync(huguan, "140427", "壶关县"), FoundAsync(pingshun, "140425", "平顺县"));

        await Task.WhenAll(huguan.StartAsync(), pingshun.StartAsync());
        await Task.WhenAll(PublishAsync(huguan), PublishAsync(pingshun));

        Assert.Equal(("壶关县", "壶关县"), (await seenInHuguan.ByEvent.Task, await seenInHuguan.ByPeriod.Task));
        Assert.Equal(("平顺县", "平顺县"), (await seenInPingshun.ByEvent.Task, await seenInPingshun.ByPeriod.Task));
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

    private static TownOptions WithWorkers(Seen seen) => new()
    {
        BackgroundWork = true,
        Adjust = builder =>
        {
            builder.Services.AddSingleton(seen);
            builder.Services.AddEventHandler<CountyAsked, WhichCounty>();
            builder.Services.AddScoped<WhichCounty>();
            builder.Services.AddPeriodicWork<WhichCounty>(TimeSpan.FromHours(1), (which, cancellation) => which.LookAsync(cancellation));
        },
    };

    private static Task PublishAsync(Town county) => county.InScopeAsync((LinliDb db) =>
    {
        db.Publish(new CountyAsked());
        return db.CommitAsync(Act.BySystem("test.ask", county.Clock.Now));
    });

    private sealed record CountyAsked : IEvent;

    /// <summary>The county that work of each kind has found in the store it was given.</summary>
    private sealed class Seen
    {
        public TaskCompletionSource<string> ByEvent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource<string> ByPeriod { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class WhichCounty(LinliDb db, Seen seen) : IEventHandler<CountyAsked>
    {
        public async Task HandleAsync(CountyAsked happened, Delivery delivery, CancellationToken cancellation) => seen.ByEvent.TrySetResult(await NameAsync(cancellation));

        public async Task LookAsync(CancellationToken cancellation) => seen.ByPeriod.TrySetResult(await NameAsync(cancellation));

        private Task<string> NameAsync(CancellationToken cancellation) => db.Set<Area>().Select(a => a.Name).SingleAsync(cancellation);
    }
}
