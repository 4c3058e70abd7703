using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Photos;
using Linli.Shell.Background;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Evidence;

/// <summary>佐证: taking files in, keeping them, and sending them to those who may read them.</summary>
public static class EvidenceServices
{
    public static IServiceCollection AddLinliEvidence(this IServiceCollection services)
    {
        services.AddOptions<EvidenceOptions>().Configure<DataFolder>((options, data) => options.Folder = data.Evidence).BindConfiguration("Evidence").ValidateOnStart();
        services.AddSingleton(s => s.GetRequiredService<IOptions<EvidenceOptions>>().Value);
        services.AddSingleton<EvidenceStore>();
        services.AddSingleton<PhotoWorkshop>();
        services.AddScoped<EvidenceIntake>();
        services.AddScoped<EvidenceRemoval>();
        services.AddScoped<EvidenceForm>();
        services.AddHostedService<PhotoNotice>();
        services.AddPeriodicWork<EvidenceRemoval>(TimeSpan.FromHours(6), (removal, cancellation) => removal.SweepAsync(cancellation));
        return services;
    }

    public static void MapLinliEvidence(this IEndpointRouteBuilder routes)
    {
        ServeEvidence.Map(routes);
        UploadEvidence.Map(routes);
    }
}
