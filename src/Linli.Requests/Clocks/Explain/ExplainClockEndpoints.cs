using Linli.Requests.Access;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Clocks.Explain;

/// <summary>A clock's sum, as a page for staff and for reporters, and for programs.</summary>
internal static class ExplainClockEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/work/requests/{number}/clocks/{id:guid}", (string number, Guid id, ExplainClock explain, CurrentActor actor, CancellationToken cancellation) =>
            ShowAsync(number, id, explain, new Caller(actor.Value), $"/work/requests/{Uri.EscapeDataString(number)}", cancellation)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/track/{number}/clocks/{id:guid}", (string number, Guid id, ExplainClock explain, CallerSource callers, CancellationToken cancellation) =>
            ShowAsync(number, id, explain, callers.Any(), $"/track/{Uri.EscapeDataString(number)}", cancellation)).Public().ExcludeFromDescription();

        var clocks = routes.MapGroup("/api/requests/{number}/clocks").Public().TakesReporterCode(isNeeded: true).WithTags("requests");
        clocks.MapGet("", async (string number, ExplainClock explain, CallerSource callers, CancellationToken cancellation) =>
                (await explain.ListAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .WithName("ListClocks").WithSummary("The clocks of a request, in the order they started.").Produces<ClockLine[]>();
        clocks.MapGet("/{id:guid}/explanation", async (string number, Guid id, ExplainClock explain, CallerSource callers, CancellationToken cancellation) =>
                (await explain.RunAsync(number, id, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .WithName("ExplainClock").WithSummary("Why this due time: the sum line by line in Chinese and English, with the pauses and extensions and their reasons.").Produces<ClockExplanation>();
    }

    private static async Task<IResult> ShowAsync(string number, Guid id, ExplainClock explain, Caller caller, string back, CancellationToken cancellation)
    {
        var explained = await explain.RunAsync(number, id, caller, cancellation);
        return explained.Succeeded
            ? new RazorComponentResult<ClockPage>(new { Number = number, Explained = explained.Value, Back = back })
            : Refusal.Of(explained.Failure);
    }
}
