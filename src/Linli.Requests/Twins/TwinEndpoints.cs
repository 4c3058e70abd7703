using Linli.Shell.Limits.Floods;
using System.Globalization;
using Linli.Shell.Limits;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Public;
using Linli.Requests.Privacy;
using Linli.Requests.Report;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Evidence;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Twins;

/// <summary>Requests like one another, and joining one: for pages and for programs.</summary>
internal static class TwinEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/public/twins", async (TwinQuestion question, FindTwins find, CancellationToken c) => Results.Json(await find.ForResidentsAsync(question, c), Json.Plain))
            .Public().Costs(Cost.Searching).WithName("FindTwins").WithTags("public").WithSummary("Open requests of public kinds that are likely about the same matter: near, of the same type, alike in words; at most five, the likest first.")
            .WithExample(new TwinQuestion("城南社区卫生站对面的路灯不亮，已经三天了。", "street-lamp", 113.1943, 36.0890)).Produces<IReadOnlyList<TwinView>>();
        routes.MapGet("/api/requests/{number}/twins", async (string number, FindTwins find, CurrentActor actor, CancellationToken c) => Results.Json(await find.OfAsync(number, actor.Value, c), Json.Plain))
            .Requires(Permission.AnyStaff).WithName("ReadTwins").WithTags("requests").WithSummary("Open requests that are likely about the same matter as this one, of those that the caller may see.").Produces<IReadOnlyList<TwinView>>();
        routes.MapPost("/api/requests/{number}/joins", JoinAsync).Public().Costs(Cost.Reporting).TakesReporterCode(isNeeded: false).WithName("JoinRequest").WithTags("requests")
            .WithSummary("Me too: join a request instead of reporting the same again. The answer carries a number and a secret code of one's own; every step is told.")
            .WithDescription("Sent again with the same idempotencyKey it is the same and the same answer. What is resolved or has ended cannot be joined.")
            .WithExample(new JoinRequest.Input("我家门口的也不亮。", null, "13800000000", null, null, null, "5a0c8f1e-2d3b-4f5a-9c7e-1b2d3c4e5f60"))
            .Produces<ReportRequest.Receipt>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/requests/{number}/join", (string number, HttpContext http, CancellationToken c) => SendAsync(http, number, isStaff: false, c)).Public().TakesFiles().Costs(Cost.Reporting).ExcludeFromDescription();
        routes.MapPost("/work/file/join/{number}", (string number, HttpContext http, CancellationToken c) => SendAsync(http, number, isStaff: true, c)).Requires(Permission.AnyStaff).TakesFiles().ExcludeFromDescription();
        routes.MapPost("/report/twins", (HttpContext http, CancellationToken c) => FoundAsync(http, isStaff: false, c)).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapPost("/work/file/twins", (HttpContext http, CancellationToken c) => FoundAsync(http, isStaff: true, c)).Requires(Permission.AnyStaff).Costs(Cost.Searching).ExcludeFromDescription();
    }

    /// <summary>For the report form, from what is typed so far; positions that are none are none.</summary>
    public static async Task<IReadOnlyList<TwinView>> OfFormAsync(IServiceProvider services, IFormCollection form, bool isStaff, CancellationToken cancellation)
    {
        var sent = ReportForm.Read(form, []);
        var question = new TwinQuestion(sent.Text, sent.ServiceType, Degrees(sent.Longitude), Degrees(sent.Latitude));
        var find = services.GetRequiredService<FindTwins>();
        return isStaff ? await find.ForStaffAsync(question, services.GetRequiredService<CurrentActor>().Value, cancellation) : await find.ForResidentsAsync(question, cancellation);
    }

    private static async Task<IResult> JoinAsync(string number, JoinRequest.Input input, JoinRequest join, CallerSource callers, FloodGate gate, HttpContext http, CancellationToken cancellation)
    {
        var caller = callers.Any();
        if (!caller.Actor.IsStaff && gate.Pass(http, input.IdempotencyKey ?? "", ReportApi.ProofOf(http.Request)) is { } held)
        {
            return new ProofNeeded(held);
        }

        var isFiled = caller.Actor.IsStaff && input.Channel is Channel.Phone or Channel.GridWorker;
        var outcome = await join.RunAsync(number, input with { Channel = isFiled ? input.Channel : Channel.Api }, caller, cancellation);
        return outcome.Succeeded ? Results.Json(outcome.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(outcome.Failure);
    }

    /// <summary>The page's own small form, or the whole report form whose words then need not be typed again.</summary>
    private static async Task<IResult> SendAsync(HttpContext http, string number, bool isStaff, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var spotted = SpottedNumbers.In(await http.Request.ReadFormAsync(cancellation), isAsked: !isStaff, services.GetRequiredService<Texts>());
        var form = spotted.Form;
        var actor = services.GetRequiredService<CurrentActor>().Value;
        var caller = isStaff ? new Caller(actor) : new Caller(Actor.Anonymous, services.GetRequiredService<TrackingCookie>().Read());
        var files = await services.GetRequiredService<EvidenceForm>().TakeAsync(form, by: caller.Actor, cancellation: cancellation);
        var sent = ReportForm.Read(form, files.Kept);
        if (!isStaff && services.GetRequiredService<FloodGate>().Pass(http, sent.Key, ReportPages.ProofOf(form)) is { } held)
        {
            Problem.SetWait(http.Response, held.Failure);
            return await PublicPages.ShowAsync(http, number, sent with { Failure = held.Failure, Held = held }, cancellation);
        }

        var channel = !isStaff ? Channel.Web : actor.Is(Role.GridWorker) ? Channel.GridWorker : Channel.Phone;
        var outcome = files.Problems.Count > 0 ? new Failure.Invalid(files.Problems)
            : spotted.Failure is { } question ? question
            : await services.GetRequiredService<JoinRequest>().RunAsync(
                number, new(sent.Text, sent.Name, sent.Phone, sent.Email, Texts.IsEnglish ? "en" : "zh-CN", sent.Photos, sent.Key, channel), caller, cancellation);
        if (!outcome.Succeeded)
        {
            return isStaff || form.ContainsKey("serviceType")
                ? await ReportPages.ShowAsync(http, isStaff, sent with { Failure = outcome.Failure }, cancellation)
                : await PublicPages.ShowAsync(http, number, sent with { Failure = outcome.Failure }, cancellation);
        }

        return ReportPages.Receipt(services, isStaff, outcome.Value);
    }

    /// <summary>A fragment that comes while somebody types.</summary>
    private static async Task<IResult> FoundAsync(HttpContext http, bool isStaff, CancellationToken cancellation) =>
        new RazorComponentResult<FoundTwins>(new
        {
            Twins = await OfFormAsync(http.RequestServices, await http.Request.ReadFormAsync(cancellation), isStaff, cancellation),
            IsStaff = isStaff,
        });

    private static double? Degrees(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;
}
