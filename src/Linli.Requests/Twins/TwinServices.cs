using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Twins;

internal static class TwinServices
{
    /// <summary>A question brings the index up to date by itself; this is for the start, and for what questions cannot see.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);

    public static void AddTwins(this IServiceCollection services)
    {
        services.AddSingleton<TwinKeeper>().AddScoped<FindTwins>().AddScoped<JoinRequest>();
        services.AddPeriodicWork<TwinKeeper>(LooksEvery, (keeper, cancellation) => keeper.LookAsync(cancellation));
    }
}
