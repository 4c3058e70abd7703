using Linli.Contracts.Requests;
using Linli.Contracts.Shell;
using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Clocks;

internal static class ClockServices
{
    public static void AddClocks(this IServiceCollection services)
    {
        services.AddScoped<Timekeeping>().AddScoped<ClockWatch>().AddScoped<FillCountysCalendar>();
        services.AddScoped<TellOfMovedDues>().AddScoped<IPreviewDueTimes, PreviewDueTimes>();
        services.AddEventHandler<CalendarChanged, ReckonAnew>();
        services.AddPeriodicWork<ReckonAnew>(TimeSpan.FromMinutes(1), (anew, cancellation) => anew.RunAsync(cancellation));
        services.AddPeriodicWork<ClockWatch>(TimeSpan.FromSeconds(30), async (watch, cancellation) =>
        {
            while (await watch.LookAsync(cancellation) > 0)
            {
                // After a long sleep there is more than one batch.
            }
        });
    }
}
