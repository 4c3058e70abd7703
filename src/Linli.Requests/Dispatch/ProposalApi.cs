using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Owners;
using Linli.Requests.Read;
using Linli.Shell;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Dispatch;

/// <summary>Who should handle a request, for programs that dispatch: the table's answer, with why and why not the others.</summary>
internal static class ProposalApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/requests/{number}/proposal", AskAsync).Requires(Permission.AnyStaff).WithName("ProposeOrganisation").WithTags("requests")
            .WithSummary("Who the table of responsibilities names for this request now, and why; for those who may dispatch or decide it.")
            .Produces<OwnerAnswer>();

    private static async Task<IResult> AskAsync(
        string number, ReadRequest read, CallerSource callers, ProposeOrganisation propose, CatalogueReader catalogue, Texts texts, CancellationToken cancellation)
    {
        var view = await read.RunAsync(number, await callers.ForAsync(number, cancellation), cancellation);
        if (!view.Succeeded)
        {
            return new Problem(view.Failure);
        }

        if (!view.Value.Steps.Any(s => s is Step.Dispatch or Step.Decide))
        {
            return new Problem(new Failure.Forbidden("诉求 {0} 现在不由您派单或裁定。", number));
        }

        var type = await catalogue.TypeAsync(view.Value.ServiceTypeCode, cancellation);
        var group = (await catalogue.NowAsync(cancellation)).Group(type.GroupCode)!;
        var proposal = await propose.RunAsync(number, cancellation);
        return Results.Json(OwnerAnswer.Of(proposal, type, group, texts), Json.Plain);
    }
}
