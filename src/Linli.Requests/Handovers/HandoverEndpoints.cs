using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Steps;
using Linli.Requests.Work;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Background;
using Linli.Shell.Http;
using Linli.Shell.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Handovers;

/// <summary>Systems of other organisations, for administrators; and what is on its way to them, for those who have the request.</summary>
internal static class HandoverEndpoints
{
    public const string Address = "/admin/partners";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public static Permission ManagePartners { get; } = new("requests.partners", "管理往来的外部系统", Role.Administrator);

    public static IServiceCollection AddHandovers(this IServiceCollection services) => services
        .AddScoped<KeepPartners>().AddScoped<PartnerCalls>().AddScoped<TheirSteps>().AddScoped<HandoverDecisions>().AddScoped<SendHandovers>().AddScoped<FollowHandovers>()
        .AddEventHandler<RequestStepTaken, BeginHandover>()
        .AddPeriodicWork<SendHandovers>(Every, (send, cancellation) => send.RunAsync(cancellation))
        .AddPeriodicWork<FollowHandovers>(Every, (follow, cancellation) => follow.RunAsync(cancellation));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, ([AsParameters] Parts parts, string? organisation, string? done, CancellationToken c) => ShowAsync(parts, organisation, null, null, done, c)).Requires(ManagePartners).ExcludeFromDescription();
        routes.MapPost(Address, PutOnPageAsync).Requires(ManagePartners).Confirmed().ExcludeFromDescription();
        routes.MapGet("/api/partners", (KeepPartners keep, CurrentActor me, CancellationToken c) => keep.AllAsync(me.Value, c))
            .Requires(ManagePartners).WithName("ListPartners").WithTags("organisations").WithSummary("Organisations whose own systems take requests by Open311.").Produces<IReadOnlyList<PartnerView>>();
        routes.MapPut("/api/partners/{organisation}", async (string organisation, PartnerInput input, KeepPartners keep, CurrentActor me, CancellationToken c) => (await keep.PutAsync(me.Value, organisation, input, c)).ToHttp())
            .Requires(ManagePartners).Confirmed().WithName("PutPartner").WithTags("organisations").WithSummary("Says which Open311 endpoint an organisation has, and what is handed over to it.")
            .WithExample(new PartnerInput("https://gas.example/open311/v2", null, "key", new Dictionary<string, string> { ["street-lamp"] = "S0301" })).Produces<PartnerView>();

        routes.MapGet("/api/requests/{number}/handover", async (string number, HandoverDecisions decisions, CallerSource callers, CancellationToken c) => (await decisions.ReadAsync(number, callers.Any(), c)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("ReadHandover").WithTags("requests").WithSummary("Where the handover of a request to another organisation's system stands.").Produces<HandoverView>();
        routes.MapPut("/api/requests/{number}/handover", async (string number, HandoverDecisions.Input input, HandoverDecisions decisions, CallerSource callers, CancellationToken c) =>
                (await decisions.DecideAsync(number, input, callers.Any(), c)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("DecideHandover").WithTags("requests").WithSummary("Sends it again, says that it is there, or gives up and handles it by hand.")
            .WithExample(new HandoverDecisions.Input(HandoverDecision.Send, null)).Produces<HandoverView>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/work/requests/{number}/handover", DecideOnPageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
    }

    private static async Task<IResult> DecideOnPageAsync(string number, HttpContext http, HandoverDecisions decisions, CallerSource callers, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var input = new HandoverDecisions.Input(Enum.TryParse<HandoverDecision>(form["decision"], ignoreCase: true, out var decision) ? decision : null, form["number"]);
        var outcome = await decisions.DecideAsync(number, input, callers.Any(), cancellation);
        return outcome.Succeeded
            ? Results.LocalRedirect($"/work/requests/{Uri.EscapeDataString(number)}#handover")
            : await RequestPages.ShowAsync(http, number, new StepAttempt("handover", outcome.Failure, form, []), cancellation);
    }

    private static async Task<IResult> PutOnPageAsync([AsParameters] Parts parts, IFormCollection form, CancellationToken cancellation)
    {
        var services = (form["services"].FirstOrDefault() ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "");
        var input = new PartnerInput(form["url"], form["jurisdiction"], form["key"], services, form["sendsContact"] == "true", form["knowsRepeats"] == "true", form["isActive"] == "true");
        var put = await parts.Keep.PutAsync(parts.Me.Value, form["organisation"], input, cancellation);
        return put.Succeeded
            ? Results.LocalRedirect($"{Address}?done={Uri.EscapeDataString(put.Value.Organisation)}")
            : await ShowAsync(parts, form["organisation"], input, put.Failure, null, cancellation);
    }

    private static async Task<IResult> ShowAsync(Parts parts, string? organisation, PartnerInput? input, Failure? failure, string? done, CancellationToken cancellation)
    {
        var all = await parts.Keep.AllAsync(parts.Me.Value, cancellation);
        var known = all.FirstOrDefault(p => p.Organisation == organisation);
        return new RazorComponentResult<PartnersPage>(new
        {
            Partners = all, Organisation = organisation, Failure = failure, HasKey = known?.HasKey == true, Done = done is null ? null : all.FirstOrDefault(p => p.Organisation == done),
            Input = input ?? (known is null ? new PartnerInput(null, null, null, null) : new PartnerInput(known.Url, known.Jurisdiction, null, known.Services, known.SendsContact, known.KnowsRepeats, known.IsActive)),
            Organisations = await parts.Choices.OrganisationCodesAsync(cancellation),
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }

    /// <summary>What the page is made of.</summary>
    internal sealed record Parts(KeepPartners Keep, PostChoices Choices, CurrentActor Me);
}
