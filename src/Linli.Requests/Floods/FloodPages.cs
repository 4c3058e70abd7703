using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Floods;

/// <summary>What was sent and refused.</summary>
public sealed record FloodAttempt(IReadOnlyList<string> Numbers, string? Reason, string? Instead, Failure Failure);

/// <summary>疑似批量提交 for dispatchers, as a page and for programs.</summary>
internal static class FloodPages
{
    public const string Address = "/work/floods";

    public static Permission Permission { get; } = new("requests.floods", "处理疑似批量提交", Role.Dispatcher);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, (HttpContext http, CancellationToken c) => ShowAsync(http, null, null, c)).Requires(Permission).Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapPost($"{Address}/refusals", DeclineOnPageAsync).Requires(Permission).ExcludeFromDescription();
        routes.MapGet("/api/floods", async (FindSuspects find, CurrentActor actor, CancellationToken c) => Results.Json(await find.RunAsync(actor.Value, c), Json.Plain))
            .Requires(Permission).Costs(Cost.Searching).WithName("ListSuspectBatches").WithTags("requests")
            .WithSummary("Requests of the last day that came in close together from one device, from one neighbourhood, or in nearly the same words; the largest batch first.").Produces<SuspectBatches>();
        routes.MapPost("/api/floods/refusals", async (DeclineBatch.Input input, DeclineBatch decline, CurrentActor actor, CancellationToken c) =>
                (await decline.RunAsync(input, new Caller(actor.Value), c)).ToHttp())
            .Requires(Permission).WithName("DeclineBatch").WithTags("requests")
            .WithSummary("Declines up to 200 requests for one reason, each as a step of its own; says which were not declined, and why.")
            .WithExample(new DeclineBatch.Input(["261122-048213", "261122-048214"], "not-a-request", "…")).Produces<DeclinedBatch>();
    }

    private static async Task<IResult> DeclineOnPageAsync(HttpContext http, DeclineBatch decline, CurrentActor actor, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var input = new DeclineBatch.Input([.. form["numbers"].OfType<string>()], form["reason"], form["instead"]);
        var outcome = await decline.RunAsync(input, new Caller(actor.Value), cancellation);
        return await ShowAsync(http, outcome.Succeeded ? outcome.Value : null, outcome.Succeeded ? null : new FloodAttempt(input.Numbers ?? [], input.Reason, input.Instead, outcome.Failure), cancellation);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, DeclinedBatch? done, FloodAttempt? attempt, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var found = await services.GetRequiredService<FindSuspects>().RunAsync(services.GetRequiredService<CurrentActor>().Value, cancellation);
        var reasons = await services.GetRequiredService<LinliDb>().Set<ReasonCode>().AsNoTracking().Where(r => r.Kind == "decline").OrderBy(r => r.Order).ThenBy(r => r.Code).ToListAsync(cancellation);
        return new RazorComponentResult<FloodPage>(new
        {
            Found = found,
            Done = done,
            Attempt = attempt,
            Reasons = (IReadOnlyList<Option>)[.. reasons.Select(r => new Option(r.Code, Texts.Pick(r.NameZh, r.NameEn)))],
        })
        {
            StatusCode = attempt is null ? StatusCodes.Status200OK : Problem.StatusOf(attempt.Failure),
        };
    }
}
