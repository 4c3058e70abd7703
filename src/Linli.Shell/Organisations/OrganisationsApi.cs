using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Organisations;

/// <summary>The register of organisations for programs: all staff read, administrators keep it.</summary>
internal static class OrganisationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/organisations").Requires(Permission.AnyStaff).WithTags("organisations");
        read.MapGet("", (ReadOrganisations organisations, string? search, OrganisationKind? kind, int? page, CancellationToken cancellation) =>
            organisations.ListAsync(search, kind, page ?? 1, cancellation)).WithSummary("Organisations; 50 a page.");
        read.MapGet("/{id:guid}", async (ReadOrganisations organisations, Guid id, CancellationToken cancellation) =>
            (await organisations.OneAsync(id, cancellation)).ToHttp()).WithSummary("One organisation.").Produces<Organisation>();

        var keep = routes.MapGroup("/api/organisations").Requires(ShellPermissions.ManageOrganisations).WithTags("organisations");
        keep.MapPost("", AddAsync).WithSummary("Adds an organisation.").Produces<Organisation>(StatusCodes.Status201Created);
        keep.MapPut("/{id:guid}", async (KeepOrganisations organisations, CurrentActor me, Guid id, OrganisationInput input, CancellationToken cancellation) =>
            (await organisations.ChangeAsync(me.Value, id, input, cancellation)).ToHttp()).WithSummary("Changes an organisation; its code stays.").Produces<Organisation>();
        keep.MapPut("/{id:guid}/active", async (KeepOrganisations organisations, CurrentActor me, Guid id, Switch input, CancellationToken cancellation) =>
            (await organisations.SwitchAsync(me.Value, id, input.IsActive, cancellation)).ToHttp()).WithSummary("Takes it out of use or back.").Produces<Organisation>();
    }

    private static async Task<IResult> AddAsync(KeepOrganisations organisations, CurrentActor me, OrganisationInput input, CancellationToken cancellation)
    {
        var added = await organisations.AddAsync(me.Value, input, cancellation);
        return added.Succeeded ? Results.Created($"/api/organisations/{added.Value.Id}", added.Value) : new Problem(added.Failure);
    }
}
