using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Design;

/// <summary>/design: every part of the kit on one page, in Development and in the demo. /design?as=staff shows it in the staff frame.</summary>
internal static class DesignPages
{
    private static readonly Failure Wrong = new Failure.Invalid([
        new FieldProblem("what", "请写一写是什么事。"),
        new FieldProblem("phone", "手机号“{0}”少了 {1} 位，请检查。", "1390355", 4),
        new FieldProblem("grade", "请选一项。"),
    ]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var site = routes.ServiceProvider.GetRequiredService<IOptions<SiteOptions>>().Value;
        if (site.Demo || routes.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            routes.MapGet("/design", (string? @as, string? sent) => Page(@as, sent, null)).Public().ExcludeFromDescription();
            routes.MapPost("/design", (HttpRequest request) => Post(request)).Public().ExcludeFromDescription();
            routes.MapGet("/design/points", () => Results.Json(SamplePoints.Some, Json.Plain, "application/geo+json")).Public().ExcludeFromDescription();
            routes.MapPost("/design/suggest", () => new RazorComponentResult<SampleSuggestions>()).Public().ExcludeFromDescription();
        }
    }

    /// <summary>A clock of working days of 7 h 30 min.</summary>
    public static ClockReading Sample(ClockStanding standing, int minutes, DateTimeOffset now) =>
        new(standing, standing == ClockStanding.Paused ? null : now.AddMinutes(minutes), TimeLeft.Of(TimeSpan.FromMinutes(minutes), TimeSpan.FromHours(7.5), true, minutes < 0));

    private static RazorComponentResult<DesignPage> Page(string? frame, string? sent, Failure? failure) =>
        new(new { For = frame == "staff" ? Audience.Staff : Audience.Resident, Sent = sent is not null, Failure = failure })
        {
            StatusCode = failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    /// <summary>Refuses an empty form and takes any other, so that both answers can be seen.</summary>
    private static IResult Post(HttpRequest request) =>
        request.Form["what"].ToString().Length == 0 ? Page(null, null, Wrong) : Results.LocalRedirect("/design?sent=1#form");
}
