using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Read;
using Linli.Shell;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Privacy;

/// <summary>The rights of the person concerned, and holds: for pages and for programs.</summary>
internal static class OwnDataEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/track/{number}/export", DownloadAsync).Public().ExcludeFromDescription();
        routes.MapPost("/track/{number}/own-contact", (string number, HttpContext http, OwnData own, CallerSource callers, CancellationToken c) => OnPageAsync(number, http, "own-contact", async (form, caller) =>
            (await own.ChangeContactAsync(number, new(form["name"], form["phone"], form["email"], form["home"], form["otherContact"], Texts.IsEnglish ? "en" : "zh-CN"), caller, c)).Failure, callers, c)).Public().ExcludeFromDescription();
        routes.MapPost("/track/{number}/deletion", (string number, HttpContext http, OwnData own, CallerSource callers, CancellationToken c) => OnPageAsync(number, http, "deletion", async (form, caller) =>
            (form["act"] == "keep" ? await own.KeepAsync(number, caller, c) : await own.DeleteAsync(number, new(form["isConfirmed"] == "true"), caller, c)).Failure, callers, c)).Public().ExcludeFromDescription();
        routes.MapPost("/work/requests/{number}/legal-hold", (string number, HttpContext http, LegalHolds holds, CallerSource callers, CancellationToken c) => OnWorkPageAsync(number, http, "legal-hold", async (form, caller) =>
            (await holds.SetAsync(number, new(form["reason"]), caller, c)).Failure, callers, c)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/work/requests/{number}/legal-hold/lifting", (string number, HttpContext http, LegalHolds holds, CallerSource callers, CancellationToken c) => OnWorkPageAsync(number, http, "legal-hold", async (form, caller) =>
            (await holds.AskAsync(number, new(form["reason"]), caller, c)).Failure, callers, c)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/work/requests/{number}/legal-hold/decision", (string number, HttpContext http, LegalHolds holds, CallerSource callers, CancellationToken c) => OnWorkPageAsync(number, http, "legal-hold", async (form, caller) =>
            (await holds.DecideAsync(number, new(bool.TryParse(form["isGranted"], out var granted) ? granted : null, form["reason"]), caller, c)).Failure, callers, c)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        MapApi(routes);
    }

    private static void MapApi(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/{number}/export", async (string number, OwnData own, CallerSource callers, HttpContext http, CancellationToken cancellation) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return (await own.ExportAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp();
            })
            .Public().TakesReporterCode(isNeeded: true).WithName("ExportOwnData").WithTags("privacy").WithSummary("Everything that Linli holds about the reporter of the request, for the reporter.").Produces<OwnExport>();
        routes.MapPut("/api/requests/{number}/own-contact", async (string number, OwnData.ContactInput input, OwnData own, CallerSource callers, CancellationToken cancellation) =>
                (await own.ChangeContactAsync(number, input, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Public().TakesReporterCode(isNeeded: true).WithName("ChangeOwnContact").WithTags("privacy").WithSummary("Corrects how to reach the reporter; what is left out is removed.")
            .WithExample(new OwnData.ContactInput(null, "13800000000", null, null, null, null)).Produces<OwnDataState>();
        routes.MapPut("/api/requests/{number}/deletion", async (string number, OwnData.DeletionInput input, OwnData own, CallerSource callers, CancellationToken cancellation) =>
                (await own.DeleteAsync(number, input, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Public().TakesReporterCode(isNeeded: true).WithName("DeleteOwnData").WithTags("privacy").WithSummary("Asks for the content of an ended request to be deleted; done after a few days in which the reporter can think again.")
            .WithExample(new OwnData.DeletionInput(true)).Produces<OwnDataState>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete("/api/requests/{number}/deletion", async (string number, OwnData own, CallerSource callers, CancellationToken cancellation) =>
                (await own.KeepAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Public().TakesReporterCode(isNeeded: true).WithName("KeepOwnData").WithTags("privacy").WithSummary("Takes the wish for deletion back.").Produces<OwnDataState>();
        routes.MapGet("/api/requests/{number}/legal-hold", async (string number, LegalHolds holds, CallerSource callers, CancellationToken cancellation) =>
                (await holds.ReadAsync(number, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("ReadLegalHold").WithTags("privacy").WithSummary("Whether a request is kept beyond its time: for supervisors and auditors of the area.").Produces<HoldView>();
        routes.MapPut("/api/requests/{number}/legal-hold", async (string number, LegalHolds.Input input, LegalHolds holds, CallerSource callers, CancellationToken cancellation) =>
                (await holds.SetAsync(number, input, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("SetLegalHold").WithTags("privacy").WithSummary("Keeps a request beyond its time, for a dispute or an inquiry.").WithExample(new LegalHolds.Input("2026-15")).Produces<HoldView>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPut("/api/requests/{number}/legal-hold/lifting", async (string number, LegalHolds.Input input, LegalHolds holds, CallerSource callers, CancellationToken cancellation) =>
                (await holds.AskAsync(number, input, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("AskToLiftHold").WithTags("privacy").WithSummary("Asks for the hold to be lifted; a second person decides.").WithExample(new LegalHolds.Input("2026-15")).Produces<HoldView>().ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPut("/api/requests/{number}/legal-hold/decision", async (string number, LegalHolds.Decision input, LegalHolds holds, CallerSource callers, CancellationToken cancellation) =>
                (await holds.DecideAsync(number, input, await callers.ForAsync(number, cancellation), cancellation)).ToHttp())
            .Requires(Permission.AnyStaff).WithName("DecideLifting").WithTags("privacy").WithSummary("Lifts the hold, or keeps it, as the second person.").WithExample(new LegalHolds.Decision(true, null)).Produces<HoldView>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>JSON for programs, a page for people and the photos, in one file.</summary>
    private static async Task<IResult> DownloadAsync(string number, HttpContext http, OwnData own, PackOwnData pack, CallerSource callers, CancellationToken cancellation)
    {
        var export = await own.ExportAsync(number, Reporter(await callers.ForAsync(number, cancellation)), cancellation);
        if (!export.Succeeded)
        {
            return Refusal.Of(export.Failure);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.File(await pack.RunAsync(export.Value, cancellation), "application/zip", pack.NameOf(export.Value.Request.Number));
    }

    private static async Task<IResult> OnPageAsync(string number, HttpContext http, string noun, Func<IFormCollection, Caller, Task<Failure?>> act, CallerSource callers, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        return await act(form, Reporter(await callers.ForAsync(number, cancellation))) is { } failure
            ? await Track.TrackPages.ShowAsync(http, number, new Steps.StepAttempt(noun, failure, form, []), cancellation)
            : Results.LocalRedirect($"/track/{Uri.EscapeDataString(number)}#own");
    }

    private static async Task<IResult> OnWorkPageAsync(string number, HttpContext http, string noun, Func<IFormCollection, Caller, Task<Failure?>> act, CallerSource callers, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        return await act(form, await callers.ForAsync(number, cancellation)) is { } failure
            ? await Work.RequestPages.ShowAsync(http, number, new Steps.StepAttempt(noun, failure, form, []), cancellation)
            : Results.LocalRedirect($"/work/requests/{Uri.EscapeDataString(number)}#hold");
    }

    /// <summary>On the reporter's own pages staff are what their device has shown, as everybody is.</summary>
    private static Caller Reporter(Caller caller) => caller.Actor.IsStaff ? caller with { Actor = Kernel.People.Actor.Anonymous } : caller;
}
