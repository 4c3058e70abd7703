using System.Text.Json;
using Linli.Kernel;
using Linli.Shell.People;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Testing.Seed;

/// <summary>Founds the county that every Town starts with: the areas, organisations, catalogue and people of the demo county, without requests.</summary>
internal static class CountySeed
{
    /// <summary>Of every account in data/demo/accounts.json.</summary>
    public const string Password = "demo-huguan";

    public static async Task FoundAsync(IServiceProvider services)
    {
        await StepAsync<FoundAccounts>(services, async found =>
        {
            var accounts = JsonSerializer.Deserialize<List<FoundedAccount>>(
                await File.ReadAllTextAsync(Path.Combine(Repository.Root, "data", "demo", "accounts.json")), Json.Plain)!;
            return (await found.HandleAsync(accounts, CancellationToken.None)).Failure;
        });
    }

    private static async Task StepAsync<TService>(IServiceProvider services, Func<TService, Task<Failure?>> step) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        if (await step(scope.ServiceProvider.GetRequiredService<TService>()) is { } failure)
        {
            throw new InvalidOperationException($"The tests' county cannot be founded, at {typeof(TService).Name}: {string.Format(null, failure.Message, failure.Values)} {(failure as Failure.Invalid)?.Problems[0]}");
        }
    }
}
