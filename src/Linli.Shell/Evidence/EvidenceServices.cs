using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Documents;
using Linli.Kernel.Evidence.Photos;
using Linli.Kernel.Evidence.Scanning;
using Linli.Kernel.Evidence.Uploads;
using Linli.Shell.Background;
using Linli.Shell.Evidence.Links;
using Linli.Shell.Evidence.Uploads;
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
        services.AddSingleton<IValidateOptions<EvidenceOptions>, EvidenceSettings>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<EvidenceOptions>>().Value);
        services.AddSingleton<EvidenceVaults>();
        services.AddSingleton(s => s.GetRequiredService<EvidenceVaults>().InUse);
        services.AddSingleton(ScannerOf);
        services.AddSingleton<EvidenceStore>().AddSingleton<IncomingFiles>().AddSingleton<PartShelf>();
        services.AddSingleton<PhotoWorkshop>().AddSingleton<DocumentWorkshop>().AddSingleton<EvidenceLinks>().AddScoped<LinkEvidence>();
        services.AddScoped<EvidenceIntake>().AddScoped<EvidenceRemoval>().AddScoped<EvidenceSweep>().AddScoped<ScanWaiting>();
        services.AddScoped<EvidenceCheck>().AddScoped<EvidenceMove>();
        services.AddScoped<EvidenceForm>().AddScoped<EvidenceReaders>();
        services.AddHostedService<EvidenceNotice>();
        services.AddPeriodicWork<EvidenceSweep>(TimeSpan.FromHours(6), (sweep, cancellation) => sweep.RunAsync(cancellation));
        services.AddPeriodicWork<ScanWaiting>(TimeSpan.FromMinutes(2), (waiting, cancellation) => waiting.RunAsync(cancellation));
        return services;
    }

    public static void MapLinliEvidence(this IEndpointRouteBuilder routes)
    {
        ServeEvidence.Map(routes);
        UploadEvidence.Map(routes);
        UploadInPieces.Map(routes);
        LinkEvidence.Map(routes);
    }

    private static IEvidenceScanner ScannerOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<EvidenceOptions>();
        return options.Scanner is { Length: > 0 } address ? new ClamdScanner(ClamdScanner.Address(address)!, options.ScanPatience) : new NoScanner();
    }
}
