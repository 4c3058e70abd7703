using Linli.Requests.Access;
using Linli.Shell;
using Linli.Shell.Http;
using Linli.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Suggestions;

/// <summary>Statistics of the suggestions, as a page and for programs; and what is suggested for one request.</summary>
internal static class SuggestionPages
{
    public const string Address = "/work/suggestions";
    private const int UsualDays = 90;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, async (string? days, SuggestionStatistics statistics, CancellationToken cancellation) =>
        {
            var asked = int.TryParse(days, out var number) ? Math.Clamp(number, 1, SuggestionStatistics.MostDays) : UsualDays;
            return new RazorComponentResult<SuggestionPage>(new { Days = asked, Figures = await statistics.RunAsync(asked, cancellation) });
        }).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/api/suggestions/statistics", async (int? days, SuggestionStatistics statistics, CancellationToken cancellation) =>
                Results.Json(await statistics.RunAsync(days ?? UsualDays, cancellation), Json.Plain))
            .Requires(Permission.AnyStaff).WithName("CountSuggestions").WithTags("requests")
            .WithSummary("How the suggestions of the last days fared, by kind and confidence, and how often the first dispatch of each team was right. 90 days unless said otherwise, 366 at the most.")
            .Produces<SuggestionFigures>();
        routes.MapGet("/api/requests/{number}/suggestions", async (string number, SuggestForRequest suggest, CallerSource callers, CancellationToken cancellation) =>
                (await suggest.RunAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("SuggestForRequest").WithTags("requests")
            .WithSummary("What Linli suggests for a request to those who may dispatch or decide it: its type, its place as known, its owner, each with its reason.")
            .Produces<RequestSuggestions>();
    }
}
