using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Audit;

/// <summary>
/// Seals what was committed, at most twice a second, and signs a checkpoint now and then. Every instance tries; the head's lock lets one of them work.
/// </summary>
internal sealed class AuditWorker(
    IServiceScopeFactory scopes, CommitSignal signal, Pressure pressure, TimeProvider time, IOptions<BackgroundOptions> background, IOptions<AuditOptions> audit, ILogger<AuditWorker> log) : BackgroundService
{
    /// <summary>Commits of other instances are found by looking.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Gathers commits into a batch: on SQLite each batch waits for the disk once, and everybody for it.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    /// <summary>A broken chain stays broken until somebody looks; it need not be said twice a second.</summary>
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    private DateTimeOffset _signNotBefore = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!background.Value.Enabled)
        {
            return;
        }

        using var wake = new Wake(signal);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Breath;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await pressure.GiveWayAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<AuditSealer>().SealAllAsync(stoppingToken);
                await SignAsync(scope.ServiceProvider.GetRequiredService<MakeCheckpoint>(), stoppingToken);
                await wake.WaitAsync(Poll, stoppingToken);
            }
            catch (AuditBrokenException broken)
            {
                log.LogCritical("The audit log is not sealed any more: {Reason} Run `linli audit verify`", broken.Message);
                pause = AfterTrouble;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "The audit log cannot be sealed now; the next try is in {Poll}", Poll);
                pause = Poll;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is not signed is sealed all the same: entries that were put in must not keep the others from the chain.</summary>
    private async Task SignAsync(MakeCheckpoint make, CancellationToken cancellation)
    {
        if (time.GetUtcNow() < _signNotBefore)
        {
            return;
        }

        try
        {
            await make.HandleAsync(audit.Value.CheckpointEvery, cancellation);
        }
        catch (AuditBrokenException broken)
        {
            _signNotBefore = time.GetUtcNow() + AfterTrouble;
            log.LogCritical("No checkpoint of the audit log is signed any more: {Reason} Run `linli audit verify`", broken.Message);
        }
    }
}
