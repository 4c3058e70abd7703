using Linli.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Background;

public static class BackgroundServices
{
    /// <summary>Delivery of events, and the worker that drives it unless <c>Background:Enabled</c> is false.</summary>
    public static IServiceCollection AddLinliBackground(this IServiceCollection services)
    {
        services.AddOptions<BackgroundOptions>().BindConfiguration("Background");
        services.AddSingleton<Subscriptions>();
        services.AddSingleton(p => new OutboxDelivery(
            p.GetRequiredService<IServiceScopeFactory>(), p.GetRequiredService<Subscriptions>(), p.GetRequiredService<CommitSignal>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<OutboxDelivery>>()));
        services.AddScoped<PruneOutbox>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }

    /// <summary>Calls <typeparamref name="THandler"/> after every <typeparamref name="TEvent"/>.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(Subscription.Of<TEvent, THandler>());
    }
}
