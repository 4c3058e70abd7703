using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Requests.Catalogue;
using Linli.Requests.Demo;
using Linli.Shell.Clocks;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Demo;

/// <summary>Founds the demo county in an empty store: areas, organisations, catalogue and people from data/, then sixty days of requests played through the product.</summary>
internal static class DemoCounty
{
    /// <summary>Written last: says that the founding came to its end.</summary>
    private static string MarkOf(DataFolder data) => Path.Combine(data.Path, "demo.founded");

    /// <summary>The people one can sign in as, from data/demo/accounts.json.</summary>
    public static IReadOnlyList<FoundedAccount> Accounts() =>
        JsonSerializer.Deserialize<List<FoundedAccount>>(File.ReadAllText(Path.Combine(ShippedData.Folder("demo"), "accounts.json")), Json.Plain)!;

    /// <exception cref="StartRefusedException">The store holds something else, or half a county.</exception>
    public static async Task FoundAsync(DataFolder data, WebApplication app, IProgress<double> progress, CancellationToken cancellation)
    {
        if (File.Exists(MarkOf(data)))
        {
            return;
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<Area>().AnyAsync(cancellation))
            {
                throw new StartRefusedException("数据目录 {0} 里已有数据，但不是一个完整的演示县。请加 --fresh 重建，或用 --data 换一个目录。", data.Path);
            }
        }

        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var clock = new SimulatedClock(now.AddDays(-400));
        await using (var past = LinliHost.Build(data, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddSingleton<TimeProvider>(clock);
        }))
        {
            await FoundCountyAsync(past.Services, cancellation);
            await PlayDemo.RunAsync(past.Services, clock, ShippedData.Folder("demo"), now, progress, cancellation);
        }

        await File.WriteAllTextAsync(MarkOf(data), now.ToString("O"), cancellation);
    }

    /// <summary>The county without requests; also what tests start from.</summary>
    public static async Task FoundCountyAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var areas = ShippedData.Folder("areas");
        await StepAsync<ImportAreas>(services, async import =>
        {
            await using var table = File.OpenRead(Path.Combine(areas, "huguan.csv"));
            await using var shapes = File.OpenRead(Path.Combine(areas, "huguan.geojson"));
            return (await import.ImportAsync(new AreaFiles(table, shapes, CoordinateSystem.Wgs84), Actor.System, cancellation)).Failure;
        });
        await StepAsync<ImportOrganisations>(services, async import =>
        {
            await using var table = File.OpenRead(Path.Combine(ShippedData.Folder("organisations"), "huguan.csv"));
            return (await import.ImportAsync(table, "huguan.csv", Actor.System, cancellation)).Failure;
        });
        await StepAsync<ImportPlaces>(services, async import =>
        {
            await using var table = File.OpenRead(Path.Combine(areas, "huguan-places.csv"));
            return (await import.ImportAsync(table, "huguan-places.csv", CoordinateSystem.Wgs84, isDryRun: false, Actor.System, cancellation)).Failure;
        });
        await StepAsync<ImportCatalogue>(services, async import => (await import.ImportAsync(ShippedData.Folder("catalogue"), Actor.System, cancellation)).Failure);
        await StepAsync<KeepCalendars>(services, async calendars => (await calendars.MakeAsync(Actor.System, "huguan", new MakeCountys(), null, cancellation)).Failure);
        await StepAsync<FoundAccounts>(services, async found => (await found.HandleAsync(
            Accounts(), cancellation)).Failure);
    }

    /// <summary>Shipped data that is refused is a bug of the build.</summary>
    private static async Task StepAsync<TService>(IServiceProvider services, Func<TService, Task<Failure?>> step) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        if (await step(scope.ServiceProvider.GetRequiredService<TService>()) is { } failure)
        {
            var first = (failure as Failure.Invalid)?.Problems[0];
            throw new InvalidOperationException($"The demo county cannot be founded, at {typeof(TService).Name}: {string.Format(null, failure.Message, failure.Values)} {first?.Field} {(first is null ? "" : string.Format(null, first.Message, first.Values))}");
        }
    }
}
