using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Clocks;

internal static class ClockServices
{
    public static void AddClocks(this IServiceCollection services)
    {
        services.AddScoped<Timekeeper>().AddScoped<ClockWatch>();
    }
}
