using Linli.Kernel;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Privacy;

/// <summary>/my/data: a resident's own data over all requests of the account.</summary>
internal static class OwnEverythingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var my = routes.MapGroup("/my/data").Requires(Permission.Resident).ExcludeFromDescription();
        my.MapGet("", (OwnEverything own, CurrentActor me, HttpContext http, CancellationToken c) => PageAsync(own, me, http, null, null, c));
        my.MapGet("/export", async (OwnEverything own, PackOwnData pack, CurrentActor me, HttpContext http, CancellationToken c) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.File(await pack.RunAsync(await own.ExportAsync(me.Value, c), c), "application/zip", pack.NameOf());
        }).Costs(Cost.Exporting);
        my.MapPost("/deletion", DeleteOnPageAsync).Confirmed();
        MapApi(routes.MapGroup("/api/resident").Requires(Permission.Resident).WithTags("residents"));
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("/export", async (OwnEverything own, CurrentActor me, HttpContext http, CancellationToken c) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return Results.Json(await own.ExportAsync(me.Value, c), Json.Plain);
            })
            .Costs(Cost.Exporting).WithName("ExportEverythingOwn").WithSummary("Everything that Linli holds about the resident who calls: the account and all its requests.").Produces<EverythingOwn>();
        api.MapGet("/looks", (OwnEverything own, CurrentActor me, CancellationToken c) => own.LooksAsync(me.Value, c))
            .WithName("ListOwnLooks").WithSummary("Who looked at the resident's data, over all requests, newest first.").Produces<IReadOnlyList<OwnLook>>();
        api.MapPut("/deletion", async (OwnEverything own, CurrentActor me, OwnData.DeletionInput input, CancellationToken c) => (await own.DeleteAsync(me.Value, input, c)).ToHttp())
            .Confirmed().WithName("DeleteEverythingOwn").WithSummary("Asks for the content of every ended request of the account to be deleted; says for each what will happen.")
            .WithExample(new OwnData.DeletionInput(true)).Produces<IReadOnlyList<OwnDeletion>>().ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/deletion", async (OwnEverything own, CurrentActor me, CancellationToken c) =>
            {
                await own.KeepAsync(me.Value, c);
                return Results.NoContent();
            })
            .WithName("KeepEverythingOwn").WithSummary("Takes every wish for deletion back.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> DeleteOnPageAsync(
        OwnEverything own, CurrentActor me, HttpContext http, [FromForm] string? act, [FromForm] string? isConfirmed, CancellationToken cancellation)
    {
        if (act == "keep")
        {
            await own.KeepAsync(me.Value, cancellation);
            return Results.LocalRedirect("/my/data");
        }

        var told = await own.DeleteAsync(me.Value, new(isConfirmed == "true"), cancellation);
        return await PageAsync(own, me, http, told.Succeeded ? told.Value : null, told.Failure, cancellation);
    }

    private static async Task<IResult> PageAsync(OwnEverything own, CurrentActor me, HttpContext http, IReadOnlyList<OwnDeletion>? told, Failure? failure, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<OwnEverythingPage>(new
        {
            Looks = await own.LooksAsync(me.Value, cancellation), HasDue = await own.HasDueAsync(me.Value, cancellation), Told = told, Failure = failure,
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }
}
