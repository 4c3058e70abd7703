using Linli.Kernel;
using Linli.Shell.Background;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Webhooks;

/// <summary>Sends as soon as this process commits, and looks every two seconds for what other instances committed or what is due again.</summary>
internal sealed class WebhookWorker(DeliverWebhooks deliver, CommitSignal signal, IOptions<BackgroundOptions> options, ILogger<WebhookWorker> log) : BackgroundService
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
                await deliver.StartAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "What waits for webhooks cannot be read now; the next try is in {Poll}", Poll);
            }

            await wake.WaitAsync(Poll, stoppingToken);
        }

        await deliver.AllDoneAsync();
    }
}
