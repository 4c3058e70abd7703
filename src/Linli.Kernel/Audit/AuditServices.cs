using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Audit;

public static class AuditServices
{
    /// <summary>The chain over the audit log: keys, sealing, checkpoints, checking, and recording of reads.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditKeys>().AddSingleton<HeadFile>().AddSingleton<CheckpointFiles>()
        .AddScoped<AuditSealer>().AddScoped<MakeCheckpoint>().AddScoped<CheckNewEntries>().AddScoped<CheckAudit>().AddScoped<AuditReads>().AddScoped<BeginAudit>().AddScoped<AuditKeyCheck>();
}
