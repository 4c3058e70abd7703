using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Organisations;

/// <summary>/admin/organisations: the administrator's pages about organisations.</summary>
internal static class OrganisationPages
{
    private static readonly OrganisationInput Nothing = new(null, null, null, null, null, null, null, null, false, null, null, null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/admin/organisations").Requires(ShellPermissions.ManageOrganisations).ExcludeFromDescription();
        pages.MapGet("", ListAsync);
        pages.MapGet("/new", (PostChoices choices, CancellationToken cancellation) => PageAsync(choices, null, Nothing, false, null, cancellation));
        pages.MapPost("", AddAsync);
        pages.MapGet("/{id:guid}", ShowAsync);
        pages.MapPost("/{id:guid}", ChangeAsync);
        pages.MapPost("/{id:guid}/active", SwitchAsync);
    }

    private static async Task<IResult> ListAsync(ReadOrganisations read, string? search, string? kind, int? page, CancellationToken cancellation)
    {
        OrganisationKind? asked = Enum.TryParse<OrganisationKind>(kind, out var known) ? known : null;
        return new RazorComponentResult<OrganisationsPage>(new { List = await read.ListAsync(search, asked, page ?? 1, cancellation), Search = search, Kind = asked?.ToString() });
    }

    private static async Task<IResult> PageAsync(
        PostChoices choices, Organisation? existing, OrganisationInput input, bool done, Failure? failure, CancellationToken cancellation) =>
        new RazorComponentResult<OrganisationPage>(new
        {
            Existing = existing, Input = input, Done = done, Failure = failure,
            Parents = (await choices.OrganisationsAsync(cancellation)).Where(o => o.Value != existing?.Id.ToString()).ToList(),
            Areas = await choices.AreasAsync(cancellation), Calendars = await choices.CalendarsAsync(cancellation),
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };

    private static async Task<IResult> AddAsync(KeepOrganisations keep, PostChoices choices, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var added = await keep.AddAsync(me.Value, Read(form), cancellation);
        return added.Succeeded ? Back(added.Value.Id) : await PageAsync(choices, null, Read(form), false, added.Failure, cancellation);
    }

    private static async Task<IResult> ShowAsync(ReadOrganisations read, PostChoices choices, Guid id, bool? done, CancellationToken cancellation)
    {
        var found = await read.OneAsync(id, cancellation);
        return found.Succeeded ? await PageAsync(choices, found.Value, OrganisationInput.Of(found.Value), done == true, null, cancellation) : Refusal.Of(found.Failure);
    }

    private static async Task<IResult> ChangeAsync(
        KeepOrganisations keep, ReadOrganisations read, PostChoices choices, CurrentActor me, Guid id, IFormCollection form, CancellationToken cancellation)
    {
        var changed = await keep.ChangeAsync(me.Value, id, Read(form), cancellation);
        if (changed.Succeeded)
        {
            return Back(id);
        }

        var existing = await read.OneAsync(id, cancellation);
        return existing.Succeeded ? await PageAsync(choices, existing.Value, Read(form), false, changed.Failure, cancellation) : Refusal.Of(existing.Failure);
    }

    private static async Task<IResult> SwitchAsync(KeepOrganisations keep, CurrentActor me, Guid id, [FromForm] bool isActive, CancellationToken cancellation)
    {
        var switched = await keep.SwitchAsync(me.Value, id, isActive, cancellation);
        return switched.Succeeded ? Back(id) : Refusal.Of(switched.Failure);
    }

    private static IResult Back(Guid id) => Results.LocalRedirect($"/admin/organisations/{id}?done=true");

    private static OrganisationInput Read(IFormCollection form) => new(
        form["code"], form["name"], form["nameEn"], form["shortName"],
        Enum.TryParse<OrganisationKind>(form["kind"], out var kind) ? kind : null, Guid.TryParse(form["parentId"], out var parent) ? parent : null,
        form["areaCode"], form["creditCode"], form["isAllianceMember"] == "true", form["offers"], form["address"], form["phone"], form["calendarCode"]);
}
