using Linli.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Background;

/// <summary>Delivers as soon as this process commits, and looks every two seconds for what other instances committed or left behind.</summary>
internal sealed class OutboxWorker(OutboxDelivery delivery, CommitSignal signal, IOptions<BackgroundOptions> options, ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        using var wake = new Wake(signal);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await delivery.DeliverAllAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "The outbox cannot be delivered now; the next try is in {Poll}", Poll);
            }

            await wake.WaitAsync(Poll, stoppingToken);
        }
    }
}

/// <summary>Configuration section <c>Background</c>.</summary>
public sealed class BackgroundOptions
{
    /// <summary>Off for an instance that only answers calls.</summary>
    public bool Enabled { get; set; } = true;
}
