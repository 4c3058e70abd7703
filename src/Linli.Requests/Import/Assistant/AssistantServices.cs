using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Import.Assistant;

internal static class AssistantServices
{
    public static IServiceCollection AddImportAssistant(this IServiceCollection services)
    {
        services.AddSingleton<DraftFiles>().AddScoped<NameLookups>().AddScoped<RequestRows>().AddScoped<IRowTarget, OrganisationRows>().AddScoped<IRowTarget, StaffRows>().AddScoped<IRowTarget, AreaRows>().AddScoped<IRowTarget, TypeRows>().AddScoped<TypeChanges>().AddSingleton<TypeWords>();
        services.AddScoped<TryRows>().AddScoped<ImportAssistant>().AddScoped<ImportStep>().AddScoped<UndoImport>().AddSingleton<RunImports>();
        services.AddPeriodicWork<RunImports>(RunImports.Every, (imports, cancellation) => imports.RunAsync(cancellation));
        return services.AddPeriodicWork<DraftFiles>(TimeSpan.FromHours(3), (files, cancellation) => files.PruneAsync(cancellation));
    }
}
