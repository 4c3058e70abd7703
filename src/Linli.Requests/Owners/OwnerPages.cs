using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Shell;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Owners;

/// <summary>The simulator of responsibilities as a page for staff, and the table and the simulator for programs.</summary>
internal static class OwnerPages
{
    public const string Address = "/work/responsibilities";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, ShowAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/api/responsibilities", ListAsync).Requires(Permission.AnyStaff).WithName("ListResponsibilities").WithTags("catalogue")
            .WithSummary("The table of responsibilities as it stands, ended lines included; type keeps it to the lines for that type and its group.").Produces<ResponsibilityAnswer[]>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/responsibilities/simulation", async ([AsParameters] OwnerTrial input, SimulateOwner simulate, CancellationToken cancellation) =>
                (await simulate.RunAsync(input, cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("SimulateOwner").WithTags("catalogue")
            .WithSummary("Who would get a request of this type, here, at this time, and why not the others.").Produces<OwnerAnswer>();
    }

    private static async Task<IResult> ShowAsync([AsParameters] OwnerTrial input, SimulateOwner simulate, CatalogueReader catalogue, LinliDb db, CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        var answer = string.IsNullOrWhiteSpace(input.Type) ? null : await simulate.RunAsync(input, cancellation);
        var towns = await db.Set<Area>().AsNoTracking().Where(a => (a.Level == AreaLevel.Town || a.Level == AreaLevel.Village) && a.EndedOn == null).OrderBy(a => a.Code)
            .Select(a => new { a.Code, a.Name, a.NameEn, a.Level }).ToListAsync(cancellation);
        var townNames = towns.Where(a => a.Level == AreaLevel.Town).ToDictionary(a => a.Code, a => Texts.Pick(a.Name, a.NameEn));
        return new RazorComponentResult<OwnerPage>(new
        {
            Input = input,
            Answer = answer is { Succeeded: true } ? answer.Value : null,
            Problems = answer is { Succeeded: false } ? ((Failure.Invalid)answer.Failure).Problems : [],
            Types = (IReadOnlyList<Option>)[.. now.Types.Select(t => new Option(t.Code, Texts.Pick(t.NameZh, t.NameEn), now.Group(t.GroupCode) is { } g ? Texts.Pick(g.NameZh, g.NameEn) : null))],
            Areas = (IReadOnlyList<Option>)[.. towns.Select(a => new Option(a.Code, Texts.Pick(a.Name, a.NameEn), townNames.GetValueOrDefault(a.Code.Length > 9 ? a.Code[..9] : a.Code)))],
            Organisations = (IReadOnlyList<Option>)[.. (await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Code).Select(o => new { o.Code, o.Name, o.NameEn }).ToListAsync(cancellation)).Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn)))],
        })
        {
            StatusCode = answer is { Succeeded: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> ListAsync(string? type, CatalogueReader catalogue, LinliDb db, CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        if (type is not null && now.Type(type) is null)
        {
            return new Problem(new Failure.NotFound("没有代码为“{0}”的事项。", type.Length > 60 ? type[..60] : type));
        }

        var codes = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Code, cancellation);
        var lines = now.Type(type) is { } wanted ? now.LinesFor(wanted) : now.Lines;
        return Results.Json(lines.Select(l => new ResponsibilityAnswer(
            l.ServiceTypeCode, l.GroupCode, l.AreaCode, codes[l.OrganisationId], l.IsNightDuty, l.HoursFrom, l.HoursUntil, l.Site, l.From, l.Until, l.Source)), Json.Plain);
    }
}

/// <summary>One line of the table, as data/catalogue/responsibility.csv has it.</summary>
/// <param name="Site">Names of a site or an asset with | between them; the line holds for requests that name one.</param>
internal sealed record ResponsibilityAnswer(
    string? ServiceType, string? ServiceGroup, string Area, string Organisation, bool Night, TimeOnly? HoursFrom, TimeOnly? HoursUntil, string? Site, DateOnly? From, DateOnly? Until, string? Source);
