using Linli.Database;
using Linli.Server;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Limits.Floods;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Testing;

/// <summary>What a test wants otherwise than usual.</summary>
public sealed record TownOptions
{
    public DateTimeOffset Now { get; init; } = TestClock.MondayMorning;

    /// <summary>Workers run. Off: a test runs a piece of work itself when it wants it done.</summary>
    public bool BackgroundWork { get; init; }

    /// <summary>A real port, for a real browser; otherwise calls stay in the process.</summary>
    public bool RealPort { get; init; }

    /// <summary>Settings alone; cheaper than <see cref="Adjust"/>, because the endpoints stay those of every town.</summary>
    public Action<IServiceCollection>? Settings { get; init; }

    /// <summary>Last word on services and configuration: stand-ins for ports to the outside.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }
}

/// <summary>Puts the product together as the server does, with what a test needs in place of a clock, a store and a port.</summary>
internal static class TownHost
{
    /// <summary>Of all towns with nothing unusual: a test must not wait for the compiling of endpoints that it never calls.</summary>
    private static readonly EndpointShelf Endpoints = new();

    public static WebApplication Build(TestStore store, TestClock clock, TownLog log, TownOptions options) => LinliHost.Build(store.Data, builder =>
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddScoped(_ => store.Store);
        builder.Services.ConfigureDbContext<SqliteLinliDb>(o => o.AddInterceptors(OnlyAwaited.Instance));
        builder.Services.ConfigureDbContext<PostgresLinliDb>(o => o.AddInterceptors(OnlyAwaited.Instance));
        builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1); // safe hashes take their time; tests sign in often
        builder.Services.Configure<AccountsOptions>(o =>
        {
            (o.Idle, o.Longest) = (TimeSpan.FromHours(8), TimeSpan.FromDays(30));   // the clocks of other tests jump
            o.SecondFactorFor = "";
        });
        builder.Services.Configure<LimitsOptions>(o => o.Enabled = false); // tests call as often as they like, while the clock stands still
        builder.Services.Configure<FloodOptions>(o => o.Enabled = false);
        if (!options.BackgroundWork)
        {
            builder.Services.Configure<BackgroundOptions>(o => o.Enabled = false);
            RemoveWorkers(builder.Services);
        }

        if (options.RealPort)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        options.Settings?.Invoke(builder.Services);
        if (options.Adjust is { } adjust)
        {
            adjust(builder);
        }
        else
        {
            builder.Services.AddSingleton(Endpoints);
        }
    });

    private static void RemoveWorkers(IServiceCollection services)
    {
        foreach (var worker in services.Where(IsOwnWorker).ToList())
        {
            services.Remove(worker);
        }
    }

    private static bool IsOwnWorker(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly.GetName().Name?.StartsWith("linli", StringComparison.OrdinalIgnoreCase) == true;
}
