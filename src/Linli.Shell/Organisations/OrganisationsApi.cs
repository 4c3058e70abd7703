using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Organisations;

/// <summary>The register of organisations for programs: all staff read, administrators keep it.</summary>
internal static class OrganisationsApi
{
    /// <summary>Of keys.</summary>
    public const string Scope = "organisations.read";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/public/organisations", NamesAsync).Public().WithName("ListOrganisationNames").WithTags("public")
            .WithSummary("Names and codes of the organisations in use, for the field about of a report.").Produces<OrganisationName[]>();

        var read = routes.MapGroup("/api/organisations").Requires(Permission.AnyStaff).WithTags("organisations");
        read.MapGet("", async (ReadOrganisations organisations, string? search, OrganisationKind? kind, int? page, string? cursor, HttpContext http, CancellationToken cancellation) =>
        {
            var after = Cursor.Read(cursor, page, ReadOrganisations.ByCode);
            if (!after.Succeeded)
            {
                return new Problem(after.Failure);
            }

            var found = await organisations.ListAsync(search, kind, page ?? 1, cancellation, after.Value.Cursor);
            Cursor.Link(http, found.Next);
            return Results.Json(found, Json.Plain);
        }).ForPrograms(Scope).WithName("ListOrganisations").WithSummary("Organisations; 50 a page, go on with cursor.").Produces<OrganisationList>();
        read.MapGet("/{id:guid}", async (ReadOrganisations organisations, Guid id, CancellationToken cancellation) =>
            (await organisations.OneAsync(id, cancellation)).ToHttp()).ForPrograms(Scope).WithName("ReadOrganisation").WithSummary("One organisation.").Produces<Organisation>();

        var keep = routes.MapGroup("/api/organisations").Requires(ShellPermissions.ManageOrganisations).WithTags("organisations");
        keep.MapPost("", AddAsync).WithName("AddOrganisation").WithSummary("Adds an organisation.").WithExample(Example).Produces<Organisation>(StatusCodes.Status201Created);
        keep.MapPut("/{id:guid}", async (KeepOrganisations organisations, CurrentActor me, Guid id, OrganisationInput input, CancellationToken cancellation) =>
            (await organisations.ChangeAsync(me.Value, id, input, cancellation)).ToHttp()).WithName("ChangeOrganisation")
            .WithSummary("Changes an organisation; its code stays.").WithExample(Example).Produces<Organisation>();
        keep.MapPut("/{id:guid}/active", async (KeepOrganisations organisations, CurrentActor me, Guid id, Switch input, CancellationToken cancellation) =>
            (await organisations.SwitchAsync(me.Value, id, input.IsActive, cancellation)).ToHttp()).WithName("SwitchOrganisation")
            .WithSummary("Takes an organisation out of use or back.").WithExample(new Switch(false)).Produces<Organisation>();
    }

    private static async Task<IResult> NamesAsync(LinliDb db, CancellationToken cancellation) => Results.Json(
        await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Kind).ThenBy(o => o.Code)
            .Select(o => new OrganisationName(o.Code, o.Name, o.NameEn, o.Kind)).ToListAsync(cancellation), Json.Plain);

    private static OrganisationInput Example => new(
        "social-books", "壶关县图书漂流协会", "Book Swap Association of Huguan", "图书漂流协会", OrganisationKind.SocialOrganisation, null, "140427", null, true, "education neighbours", null, null);

    private static async Task<IResult> AddAsync(KeepOrganisations organisations, CurrentActor me, OrganisationInput input, CancellationToken cancellation)
    {
        var added = await organisations.AddAsync(me.Value, input, cancellation);
        return added.Succeeded ? Results.Created($"/api/organisations/{added.Value.Id}", added.Value) : new Problem(added.Failure);
    }
}

/// <summary>An organisation by name, as everybody may know it.</summary>
public sealed record OrganisationName(string Code, string NameZh, string? NameEn, OrganisationKind Kind);
