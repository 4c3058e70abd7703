using Linli.Shell.Background;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Security;

internal static class SecurityServices
{
    public static IServiceCollection AddLinliSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration("Security")
            .Validate(o => o.HasRightContact, "Configuration value of Security:Contact is no address such as mailto:security@example.gov.cn or https://….").ValidateOnStart();
        services.AddSingleton<RefusalCount>().AddScoped<RefusalAlarm>();
        return services.AddPeriodicWork<RefusalAlarm>(RefusalAlarm.Every, (alarm, cancellation) => alarm.LookAsync(cancellation));
    }

    /// <summary>Outside everything that can refuse.</summary>
    public static void UseLinliSecurity(this WebApplication app)
    {
        app.UseMiddleware<RefusalLog>();
        app.UseApiAnswers();
    }
}
