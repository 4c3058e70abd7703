using Linli.Database;
using Linli.Kernel;
using Linli.Server.Demo;
using Linli.Shell.Background;
using Linli.Shell.People;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Testing;

/// <summary>
/// The whole product on a store of its own, for one test: the demo county's areas, organisations, catalogue and people without
/// requests, a clock that stands still, no background work unless asked for.
/// </summary>
public sealed class Town : IAsyncDisposable
{
    private static readonly Lazy<Task<TestStore>> Tables = new(() => MakeTemplateAsync(null));
    private static readonly Lazy<Task<TestStore>> County = new(() => MakeTemplateAsync(services => DemoCounty.FoundCountyAsync(services, CancellationToken.None)));

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly TownOptions _options;
    private bool _isStarted;

    private readonly bool _keepsStore;

    private Town(TestStore store, TownOptions options, bool keepsStore = false)
    {
        (Store, _options, _keepsStore, Clock) = (store, options, keepsStore, new TestClock(options.Now));
        _app = TownHost.Build(store, Clock, Log, options);
    }

    /// <summary>Of every login of data/demo/accounts.json.</summary>
    public const string Password = "demo-huguan";

    /// <summary>Those who can sign in.</summary>
    public static IReadOnlyList<FoundedAccount> Accounts { get; } = DemoCounty.Accounts();

    public TestClock Clock { get; }

    public TestStore Store { get; }

    /// <summary>What the product complained about.</summary>
    public TownLog Log { get; } = new();

    public IServiceProvider Services => _app.Services;

    /// <summary>A county ready for work.</summary>
    public static async Task<Town> FoundAsync(TownOptions? options = null) =>
        new(await TestStores.CopyAsync(await County.Value), options ?? new TownOptions());

    /// <summary>Tables without a row: before anybody founded anything.</summary>
    public static async Task<Town> EmptyAsync(TownOptions? options = null) =>
        new(await TestStores.CopyAsync(await Tables.Value), options ?? new TownOptions());

    /// <summary>The product on a store that is not a copy of the usual county.</summary>
    /// <param name="keepsStore">The store belongs to another town and outlives this one.</param>
    public static Town On(TestStore store, TownOptions? options = null, bool keepsStore = false) => new(store, options ?? new TownOptions(), keepsStore);

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

    /// <summary>Reads without leaving a trace.</summary>
    public Task<T> ReadAsync<T>(Func<LinliDb, Task<T>> read) => InScopeAsync(read);

    /// <summary>Delivers the events of everything committed so far, as the worker would.</summary>
    /// <returns>How many deliveries failed.</returns>
    public Task<int> DeliverAsync() => Services.GetRequiredService<OutboxDelivery>().DeliverAllAsync();

    /// <summary>Somebody with a browser, not signed in.</summary>
    public Task<Visitor> HttpAsync() => HttpAsync(before: null);

    /// <param name="before">Somebody who was there before the server was restarted, in the same browser.</param>
    public async Task<Visitor> HttpAsync(Visitor? before)
    {
        await StartAsync();
        var http = _options.RealPort ? new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) : _app.GetTestClient();
        http.BaseAddress = new Uri(Address);
        return new Visitor(http, Log, before);
    }

    /// <summary>Somebody with a browser, signed in with a login of data/demo/accounts.json: paidan, shizheng, duban …</summary>
    public async Task<Visitor> HttpAsync(string login)
    {
        var visitor = await HttpAsync();
        var session = await visitor.SendJsonAsync(HttpMethod.Post, "/api/session", new { login, password = Password });
        return session.Status == System.Net.HttpStatusCode.OK
            ? visitor
            : throw new InvalidOperationException($"{login} cannot sign in: {session.Text}");
    }

    /// <summary>Where the town answers; a real address with <see cref="TownOptions.RealPort"/>.</summary>
    public string Address => _options.RealPort ? _app.Urls.Single() : "http://localhost";

    /// <summary>Begins to answer calls; done by itself before the first visitor.</summary>
    public async Task StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (!_isStarted)
            {
                await _app.StartAsync();
                _isStarted = true;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _starting.Dispose();
        Log.Dispose();
        if (!_keepsStore)
        {
            await TestStores.DropAsync(Store);
        }
    }

    private static async Task<TestStore> MakeTemplateAsync(Func<IServiceProvider, Task>? seed)
    {
        var store = await TestStores.EmptyAsync("template");
        using var log = new TownLog();
        var options = new TownOptions();
        await using (var app = TownHost.Build(store, new TestClock(options.Now), log, options))
        {
            await using (var scope = app.Services.CreateAsyncScope())
            {
                await MakeTablesAsync(scope.ServiceProvider);
            }

            await (seed?.Invoke(app.Services) ?? Task.CompletedTask);
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
}
