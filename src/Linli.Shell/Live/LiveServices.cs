using Linli.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Linli.Shell.Live;

public static class LiveServices
{
    /// <summary>News for open pages.</summary>
    public static IServiceCollection AddLinliLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveFeed>();
        return services.AddHostedService(p => p.GetRequiredService<LiveFeed>());
    }

    /// <summary>Lets open pages hear of <typeparamref name="TEvent"/>, as <typeparamref name="TSource"/> describes it.</summary>
    public static IServiceCollection AddLiveSource<TEvent, TSource>(this IServiceCollection services)
        where TEvent : IEvent
        where TSource : class, ILiveSource<TEvent>
    {
        services.AddScoped<TSource>();
        return services.AddSingleton(LiveSubscription.Of<TEvent, TSource>());
    }
}
