using Linli.Shell.Limits.Floods;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Limits;

internal static class LimitServices
{
    public static IServiceCollection AddLinliLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration("Limits").ValidateOnStart();
        services.AddOptions<FloodOptions>().BindConfiguration("Flood").ValidateOnStart();
        services.AddSingleton<Allowances>();
        services.AddSingleton<FloodGauge>();
        services.AddSingleton<Challenges>();
        services.AddSingleton<FloodGate>();
        return services;
    }

    public static IApplicationBuilder UseCallLimits(this IApplicationBuilder app) => app.UseMiddleware<CallLimits>();
}
