using Linli.Database;
using Linli.Kernel;
using Linli.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Testing;

/// <summary>
/// The whole product on a store of its own, for one test: a small county with organisations and people,
/// a clock that stands still, no background work unless asked for.
/// </summary>
public sealed class Town : IAsyncDisposable
{
    private static readonly Lazy<Task<TestStore>> Template = new(MakeTemplateAsync);

    private readonly TestStore _store;
    private readonly WebApplication _app;

    private Town(TestStore store, TestClock clock, TownOptions options)
    {
        (_store, Clock) = (store, clock);
        _app = Build(store, clock, options);
    }

    public TestClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<Town> FoundAsync(TownOptions? options = null) =>
        new(await TestStores.CopyAsync(await Template.Value), new TestClock(TestClock.MondayMorning), options ?? new TownOptions());

    /// <summary>Runs a step in its own scope, as a call would.</summary>
    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> step) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await step(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Runs a step in its own scope, as a call would.</summary>
    public Task InScopeAsync<TService>(Func<TService, Task> step) where TService : notnull =>
        InScopeAsync<TService, bool>(async service =>
        {
            await step(service);
            return true;
        });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await TestStores.DropAsync(_store);
    }

    private static async Task<TestStore> MakeTemplateAsync()
    {
        var store = await TestStores.EmptyAsync("template");
        await using (var app = Build(store, new TestClock(TestClock.MondayMorning), new TownOptions()))
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await MakeTablesAsync(scope.ServiceProvider);
        }

        TestStores.Close(store);
        return store;
    }

    /// <summary>A model ahead of its migrations is for one test to report (MigrationTests), not for every test in the product.</summary>
    private static async Task MakeTablesAsync(IServiceProvider scope)
    {
        var database = scope.GetRequiredService<LinliDb>().Database;
        if (database.HasPendingModelChanges())
        {
            await database.EnsureCreatedAsync();
        }
        else
        {
            await scope.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        }
    }

    private static bool IsOwnWorker(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly.GetName().Name?.StartsWith("linli", StringComparison.OrdinalIgnoreCase) == true;

    private static WebApplication Build(TestStore store, TestClock clock, TownOptions options) => LinliHost.Build(store.Data, builder =>
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddScoped(_ => store.Store);
        if (!options.BackgroundWork)
        {
            foreach (var worker in builder.Services.Where(IsOwnWorker).ToList())
            {
                builder.Services.Remove(worker);
            }
        }

        if (options.RealPort)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        options.Adjust?.Invoke(builder);
    });
}

/// <summary>What a test wants otherwise than usual.</summary>
public sealed record TownOptions
{
    /// <summary>Workers run, on the test's clock. Off: a test runs a piece of work itself when it wants it done.</summary>
    public bool BackgroundWork { get; init; }

    /// <summary>A real port, for a real browser; otherwise calls stay in the process.</summary>
    public bool RealPort { get; init; }

    /// <summary>Last word on services and configuration: stand-ins for ports to the outside.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }
}
