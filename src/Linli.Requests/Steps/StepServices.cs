using Linli.Requests.Checking;
using Linli.Requests.Dispatch;
using Linli.Requests.Track;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Steps;

internal static class StepServices
{
    public static void AddSteps(this IServiceCollection services)
    {
        services.AddScoped<StepRunner>().AddScoped<StepLookups>().AddScoped<FourEyes>().AddScoped<LapseRequest>().AddScoped<SeenVersion>().AddScoped<ProposeOrganisation>();
        services.AddSingleton(new VerificationSample("linli"));
        foreach (var step in StepRegistry.All)
        {
            step.AddTo(services);
        }
    }
}
