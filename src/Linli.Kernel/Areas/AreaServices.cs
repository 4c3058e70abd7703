using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Areas;

public static class AreaServices
{
    public static IServiceCollection AddAreas(this IServiceCollection services) =>
        services.AddSingleton<AreaMaps>().AddScoped<ImportAreas>().AddScoped<KeepArea>().AddScoped<UsesOf>();
}
