using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Webhooks;

public static class WebhookServices
{
    public static IServiceCollection AddLinliWebhooks(this IServiceCollection services)
    {
        services.AddScoped<WebhookSecret>().AddScoped<CheckWebhook>().AddScoped<QueueWebhooks>().AddScoped<KeepWebhooks>().AddScoped<ReadWebhooks>().AddScoped<SendWebhook>().AddScoped<NoteTries>().AddScoped<PruneWebhooks>().AddScoped<WebhookEndpoints.Scene>();
        services.AddSingleton(p => new DeliverWebhooks(p.GetRequiredService<IServiceScopeFactory>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<DeliverWebhooks>>()));
        services.AddPeriodicWork<PruneWebhooks>(TimeSpan.FromHours(1), (prune, cancellation) => prune.HandleAsync(cancellation));
        return services.AddHostedService<WebhookWorker>();
    }
}
