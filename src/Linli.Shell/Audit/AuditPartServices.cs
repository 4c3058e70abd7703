using Linli.Kernel.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Audit;

public static class AuditPartServices
{
    /// <summary>The audit log: sealing in the background, and what auditors read.</summary>
    public static IServiceCollection AddLinliAudit(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration("Audit").ValidateDataAnnotations().ValidateOnStart();
        services.AddAudit().AddVerbWords(ShellVerbs.All);
        services.AddScoped<AuditState>().AddScoped<ReadAudit>().AddScoped<AuditExport>();
        services.AddHostedService<AuditWorker>();
        return services;
    }
}
