using Linli.Database;
using Linli.Kernel.Areas;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Tests.Areas;

/// <summary>An empty database in memory with the areas' services around it; it is 2026-03-01 20:00 UTC.</summary>
internal sealed class AreaStore : IAsyncDisposable
{
    private readonly SqliteConnection _keepsItAlive;
    private readonly ServiceProvider _services;

    public AreaStore()
    {
        var connection = $"Data Source=file:{Guid.NewGuid():N}?mode=memory&cache=shared";
        _keepsItAlive = new SqliteConnection(connection);
        _services = new ServiceCollection().AddSingleton<IModelPart, KernelModel>().AddSingleton<TimeProvider>(new Stopped())
            .AddLinliDatabase(new Store("sqlite", connection)).AddAreas().BuildServiceProvider();
    }

    public AreaMaps Maps => _services.GetRequiredService<AreaMaps>();

    public async ValueTask CreateAsync()
    {
        await _keepsItAlive.OpenAsync();
        await WithAsync<LinliDb, bool>(db => db.Database.EnsureCreatedAsync());
    }

    public Task<T> ReadAsync<T>(Func<LinliDb, Task<T>> read) => WithAsync(read);

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _keepsItAlive.DisposeAsync();
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 20, 0, 0, TimeSpan.Zero);
    }
}
