using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Background;

/// <summary>Something to be done again and again, in a scope of its own each time. Every instance does it, so it has to bear company.</summary>
internal sealed record PeriodicWork(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task> DoAsync);

/// <summary>Does the periodic work of all modules, each at its own pace; a failure waits for the next time.</summary>
internal sealed class PeriodicWorker(
    IEnumerable<PeriodicWork> all, IServiceScopeFactory scopes, IOptions<BackgroundOptions> options, ILogger<PeriodicWorker> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Enabled ? Task.WhenAll(all.Select(work => RepeatAsync(work, stoppingToken))) : Task.CompletedTask;

    private async Task RepeatAsync(PeriodicWork work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(work.Every);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await work.DoAsync(scope.ServiceProvider, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogError(exception, "{Work} failed; the next time is in {Every}", work.Name, work.Every);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
