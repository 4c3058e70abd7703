using Linli.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Background;

public static class BackgroundServices
{
    /// <summary>Delivery of events and periodic work; the workers that drive them rest where <c>Background:Enabled</c> is false.</summary>
    public static IServiceCollection AddLinliBackground(this IServiceCollection services)
    {
        services.AddOptions<BackgroundOptions>().BindConfiguration("Background").ValidateOnStart();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton(p => new OutboxDelivery(
            p.GetRequiredService<IServiceScopeFactory>(), p.GetRequiredService<Subscriptions>(), p.GetRequiredService<CommitSignal>(), p.GetRequiredService<Pressure>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<OutboxDelivery>>()));
        services.AddScoped<PruneOutbox>();
        services.AddPeriodicWork<PruneOutbox>(TimeSpan.FromHours(1), (prune, cancellation) => prune.HandleAsync(cancellation));
        services.AddHostedService<OutboxWorker>();
        services.AddHostedService<PeriodicWorker>();
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

    /// <summary>
    /// Does something at the start and then again and again, in every instance: <paramref name="work"/> has to bear that another
    /// instance does the same at the same time.
    /// </summary>
    public static IServiceCollection AddPeriodicWork<TService>(this IServiceCollection services, TimeSpan every, Func<TService, CancellationToken, Task> work)
        where TService : notnull =>
        services.AddSingleton(new PeriodicWork(typeof(TService).Name, every, (scope, cancellation) => work(scope.GetRequiredService<TService>(), cancellation)));
}
