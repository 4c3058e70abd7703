using Linli.Shell.Http;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Design;

/// <summary>/design: every part of the kit on one page, in Development and in the demo.</summary>
internal static class DesignPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var site = routes.ServiceProvider.GetRequiredService<IOptions<SiteOptions>>().Value;
        if (site.Demo || routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            routes.MapGet("/design", (string? @as) => new RazorComponentResult<DesignPage>(new { Staff = @as == "staff" })).Public().ExcludeFromDescription();
            routes.MapPost("/design", () => TypedResults.Redirect("/design?sent=1")).Public().ExcludeFromDescription();
        }
    }
}
