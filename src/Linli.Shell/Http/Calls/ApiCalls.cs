using Linli.Shell.Background;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http.Calls;

public static class ApiCalls
{
    public static IServiceCollection AddApiCalls(this IServiceCollection services) =>
        services.AddScoped<RememberCalls>().AddPeriodicWork<RememberCalls>(TimeSpan.FromHours(1), (calls, cancellation) => calls.PruneAsync(cancellation));

    /// <summary>What holds for every call of the API, once it is known who calls: dated versions, entity tags, sending again.</summary>
    public static void UseApiCalls(this IApplicationBuilder app)
    {
        app.UseApiVersions();
        app.UseEntityTags();
        app.UseIdempotentCalls();
    }
}
