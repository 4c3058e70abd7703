using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Dispatch;
using Linli.Requests.Handovers;
using Linli.Requests.Life;
using Linli.Requests.Owners;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;
using Linli.Requests.Twins;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Work;

/// <summary>The request as staff see it: everything about it and every step they may take now.</summary>
internal static class RequestPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/work/requests/{number}", (string number, HttpContext http, CancellationToken cancellation) => ShowAsync(http, number, null, cancellation))
            .Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/api/requests/{number}", async (string number, ReadRequest read, CallerSource callers, CancellationToken cancellation) =>
                (await read.RunAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Public().WithName("ReadRequest").WithTags("requests")
            .WithSummary("One request, as much of it as the caller may see: everybody, its reporter (X-Linli-Code), staff.").Produces<RequestView>().TakesReporterCode(isNeeded: false);
        routes.MapGet("/api/requests/{number}/lead", LeadAsync).Public().TakesReporterCode(isNeeded: true).WithName("ReadLead").WithTags("requests")
            .WithSummary("How the request goes on that this one was merged into: its course, without the words of its reporter.").Produces<RequestCourse>();
    }

    private static async Task<IResult> LeadAsync(string number, ReadRequest read, CallerSource callers, CancellationToken cancellation)
    {
        var own = await read.RunAsync(number, await callers.ForAsync(number, cancellation), cancellation);
        return !own.Succeeded ? new Problem(own.Failure)
            : own.Value.Depth != Depth.Public && own.Value.MergedInto is { } lead && await read.CourseOfAsync(lead, cancellation) is { } course ? Results.Json(course, Json.Plain)
            : new Problem(new Failure.NotFound("诉求 {0} 没有并入别的诉求。", number));
    }

    public static async Task<IResult> ShowAsync(HttpContext http, string number, StepAttempt? attempt, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var caller = await services.GetRequiredService<CallerSource>().ForAsync(number, cancellation);
        var read = await services.GetRequiredService<ReadRequest>().RunAsync(number, caller, cancellation);
        if (attempt is null && TakenLast(http) is { } last && (!read.Succeeded || read.Value.Depth != Depth.Staff))
        {
            return Results.LocalRedirect($"/work?done={last}&about={Uri.EscapeDataString(number)}");   // returned: no longer theirs to see
        }

        if (attempt is not null && (!read.Succeeded || read.Value.Depth != Depth.Staff))
        {
            return Refusal.Of(attempt.Failure);   // an offer that is over is no longer theirs to see, but they are told so
        }

        if (!read.Succeeded)
        {
            return Refusal.Of(read.Failure);
        }

        if (read.Value.Depth == Depth.Public && await IsOutAsync(services.GetRequiredService<LinliDb>(), number, caller, cancellation))
        {
            return Refusal.Of(new Failure.Forbidden("您已回避诉求 {0}，不参与它的办理。", number));
        }

        if (read.Value.Depth != Depth.Staff)
        {
            return Results.LocalRedirect($"/requests/{Uri.EscapeDataString(number)}");
        }

        var forms = await FormDataAsync(services.GetRequiredService<LinliDb>(), services.GetRequiredService<ProposeOrganisation>(), services.GetRequiredService<Texts>(), read.Value, caller, cancellation);
        return new RazorComponentResult<RequestPage>(new
        {
            View = read.Value,
            Forms = forms,
            Twins = read.Value.State.IsOpen() ? await services.GetRequiredService<FindTwins>().OfAsync(number, caller.Actor, cancellation) : [],
            Suggested = read.Value.State == RequestState.Reported && read.Value.Steps.Contains(Step.Dispatch) && await services.GetRequiredService<SuggestForRequest>().RunAsync(number, caller, cancellation) is { Succeeded: true } suggested ? suggested.Value : null,
            Hold = await services.GetRequiredService<LegalHolds>().ReadAsync(number, caller, cancellation) is { Succeeded: true } hold ? hold.Value : null,
            Handover = await services.GetRequiredService<HandoverDecisions>().ReadAsync(number, caller, cancellation) is { Succeeded: true } handover ? handover.Value : null,
            Attempt = attempt,
            FromField = (attempt?.Form["from"] ?? http.Request.Query["from"]) == "field",
            Done = attempt is null ? TakenLast(http) : null,
        })
        {
            StatusCode = attempt is null ? StatusCodes.Status200OK : attempt.Failure is Failure.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
        };
    }

    /// <summary>Stepped out of it, or was taken out; what everybody may read says nothing about that.</summary>
    private static Task<bool> IsOutAsync(LinliDb db, string number, Caller caller, CancellationToken cancellation)
    {
        var id = $"{caller.Actor.Id}";
        return db.Set<ServiceRequest>().AnyAsync(r => r.Number == number && r.Recused != null && r.Recused.Contains(id), cancellation);
    }

    /// <summary>The step that led here.</summary>
    internal static Step? TakenLast(HttpContext http) => Enum.TryParse<Step>(http.Request.Query["done"], out var done) && Enum.IsDefined(done) ? done : null;

    private static async Task<StepFormData> FormDataAsync(LinliDb db, ProposeOrganisation propose, Texts texts, RequestView view, Caller caller, CancellationToken cancellation)
    {
        var organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Kind).ThenBy(o => o.Code)
            .Select(o => new { o.Id, o.Code, o.Name, o.NameEn, o.Kind, o.IsAllianceMember, o.Offers }).ToListAsync(cancellation);
        var reasons = await db.Set<ReasonCode>().AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Order).ToListAsync(cancellation);
        var type = await db.Set<ServiceType>().AsNoTracking().SingleAsync(t => t.Code == view.ServiceTypeCode, cancellation);
        IReadOnlyList<Option> types = !view.Steps.Contains(Step.Retype) ? []
            : [.. (await db.Set<ServiceType>().AsNoTracking().Where(t => t.IsActive && t.Code != view.ServiceTypeCode).OrderBy(t => t.GroupCode).ThenBy(t => t.Order).Select(t => new { t.Code, t.NameZh, t.NameEn }).ToListAsync(cancellation)).Select(t => new Option(t.Code, Texts.Pick(t.NameZh, t.NameEn)))];
        var group = await db.Set<ServiceGroup>().AsNoTracking().SingleAsync(g => g.Code == type.GroupCode, cancellation);
        var needsOwner = view.Steps.Any(s => s is Step.Dispatch or Step.Decide);
        var proposal = needsOwner ? await propose.RunAsync(view.Number, cancellation) : null;
        return new StepFormData(
            type,
            [.. organisations.Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn), texts[OrganisationTexts.Of(o.Kind).Key]))],
            [.. organisations.Where(o => o.IsAllianceMember).Select(o => (new Option(o.Code, Texts.Pick(o.Name, o.NameEn)),
                o.Kind is OrganisationKind.SocialOrganisation or OrganisationKind.VolunteerTeam && o.Offers.Split(' ').Contains(type.GroupCode)))],
            [.. organisations.Where(o => RequestAccess.Handles(caller.Actor, o.Id, new Matter(view.AreaCode, type.GroupCode, type.IsSensitive))).Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn)))],
            proposal?.Organisation?.Code,
            proposal is null ? [] : [.. proposal.EachOnce.Take(4).Select(c => ResponsibilityTexts.Of(texts, type, group, c, proposal.Complaint))],
            types,
            kind => [.. reasons.Where(r => r.Kind == kind).Select(r => new Option(r.Code, ReasonTexts.Of(texts, r)))],
            kind => reasons.Where(r => r.Kind == kind).Select(r => r.MostDays).DefaultIfEmpty(1).Max());
    }
}

/// <summary>What the forms of the steps choose from.</summary>
/// <param name="Members">Alliance members, and whether they are societies or volunteers who offer to help with this kind of thing.</param>
/// <param name="Mine">The organisations that the reader handles for.</param>
/// <param name="Proposed">Code of the organisation that the table names.</param>
/// <param name="Why">Why it, and why the others not.</param>
/// <param name="Types">All types in use, for saying which it is.</param>
/// <param name="MostDays">What the most generous reason of a kind permits.</param>
public sealed record StepFormData(
    ServiceType Type, IReadOnlyList<Option> Organisations, IReadOnlyList<(Option Option, bool Matches)> Members, IReadOnlyList<Option> Mine, string? Proposed, IReadOnlyList<string> Why, IReadOnlyList<Option> Types,
    Func<string, IReadOnlyList<Option>> Reasons, Func<string, int> MostDays);
