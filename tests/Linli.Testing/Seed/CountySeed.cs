using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Shell.People;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Testing.Seed;

/// <summary>
/// Founds the county that every Town starts with, once per test process: the areas, organisations, catalogue and people
/// of the demo county, from the shipped files, without requests.
/// </summary>
internal static class CountySeed
{
    /// <summary>Of every account in data/demo/accounts.json.</summary>
    public const string Password = "demo-huguan";

    public static async Task FoundAsync(IServiceProvider services)
    {
        await StepAsync(services, async (ImportAreas import) =>
        {
            await using Stream csv = Shipped("areas", "huguan.csv"), boundaries = Shipped("areas", "huguan.geojson");
            return (await import.ImportAsync(new AreaFiles(csv, boundaries), Actor.System)).Failure;
        });
        await StepAsync(services, async (ImportOrganisations import) =>
        {
            await using var csv = Shipped("organisations", "huguan.csv");
            return (await import.ImportAsync(csv, "huguan.csv", Actor.System)).Failure;
        });
        await StepAsync(services, async (ImportCatalogue import) => (await import.ImportAsync(Repository.At("data", "catalogue"), Actor.System)).Failure);
        await StepAsync(services, async (FoundAccounts found) =>
        {
            await using var file = Shipped("demo", "accounts.json");
            var accounts = await JsonSerializer.DeserializeAsync<List<FoundedAccount>>(file, Json.Plain);
            return (await found.HandleAsync(accounts!, CancellationToken.None)).Failure;
        });
    }

    private static FileStream Shipped(string folder, string name) => File.OpenRead(Repository.At("data", folder, name));

    private static async Task StepAsync<TService>(IServiceProvider services, Func<TService, Task<Failure?>> step) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        if (await step(scope.ServiceProvider.GetRequiredService<TService>()) is { } failure)
        {
            var first = failure is Failure.Invalid { Problems: [var problem, ..] } ? $" {problem.Field}: {string.Format(null, problem.Message, problem.Values)}" : "";
            throw new InvalidOperationException($"The tests' county cannot be founded, at {typeof(TService).Name}: {string.Format(null, failure.Message, failure.Values)}{first}");
        }
    }
}
