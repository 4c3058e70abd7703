using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Track;

/// <summary>查进展: by number and secret code, or at once for what was reported on this device.</summary>
internal static class TrackPages
{
    private static readonly Failure WrongCode = new Failure.Invalid("code", "编号和查询码对不上。请照着提交时得到的抄写，字母大小写都可以。");

    private const int MostOwn = 200;

    private static readonly string[] Asked = ["number", "code"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/track", (HttpContext http, CancellationToken c) => LookUpAsync(http, null, null, c)).Public().ExcludeFromDescription();
        routes.MapPost("/track", OpenAsync).Public().ExcludeFromDescription();
        routes.MapGet("/track/{number}", (string number, HttpContext http, CancellationToken c) => ShowAsync(http, number, null, c)).Public().ExcludeFromDescription();
        routes.MapPost("/api/resident/requests", async (AdoptRequest adopt, CurrentActor current, AdoptionInput input, CancellationToken c) =>
                (await adopt.HandleAsync(current.Value, input.Number, input.Code, c)).ToHttp())
            .Requires(Permission.Resident).WithName("AdoptRequest").WithTags("residents").WithSummary("Takes a request into one's own account; its secret code proves whose it is.")
            .WithExample(new AdoptionInput("261122-048213", "…")).Produces<string>();
        routes.MapPost("/track/adopt", AdoptAsync).Requires(Permission.Resident).ExcludeFromDescription();
        routes.MapGet("/work/filed/{number}", Filed).Requires(Permission.AnyStaff).ExcludeFromDescription();
    }

    public static async Task<IResult> ShowAsync(HttpContext http, string number, StepAttempt? attempt, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var reader = services.GetRequiredService<CurrentActor>();
        var mine = new Caller(reader.Resident is null ? Kernel.People.Actor.Anonymous : reader.Value, services.GetRequiredService<TrackingCookie>().Read());
        var read = await services.GetRequiredService<ReadRequest>().RunAsync(number, mine, cancellation);
        if (!read.Succeeded || read.Value.Depth == Depth.Public)
        {
            return await LookUpAsync(http, number, null, cancellation);   // says nothing of whether there is such a number
        }

        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<TrackPage>(new
        {
            View = read.Value,
            Lead = read.Value.MergedInto is { } lead ? await services.GetRequiredService<ReadRequest>().CourseOfAsync(lead, cancellation) : null,
            Looks = await services.GetRequiredService<OpenParts>().WhoLookedAsync(read.Value.Id, withNames: false, cancellation),
            Code = http.Request.Query.ContainsKey("new") ? services.GetRequiredService<ReceiptCookie>().CodeOf(number) : null,
            Attempt = attempt,
            Done = attempt is null ? Work.RequestPages.TakenLast(http) : null,
        })
        {
            StatusCode = attempt is null ? StatusCodes.Status200OK : attempt.Failure is Failure.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
        };
    }

    private static async Task<IResult> LookUpAsync(HttpContext http, string? number, Failure? failure, CancellationToken cancellation)
    {
        var ids = http.RequestServices.GetRequiredService<TrackingCookie>().Read().ToList();
        var resident = http.RequestServices.GetRequiredService<CurrentActor>().Resident;
        var mine = await http.RequestServices.GetRequiredService<LinliDb>().Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id) || (resident != null && r.ReportedByAccount == resident))
            .OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id).Take(MostOwn).Select(r => new MyRequest(r.Number, r.Title, r.State, r.ReportedAt)).ToListAsync(cancellation);
        http.Response.Headers.CacheControl = "no-store";
        Problem.SetWait(http.Response, failure);
        return new RazorComponentResult<TrackLookUp>(new { Number = number, Failure = failure, Mine = (IReadOnlyList<MyRequest>)mine })
        {
            StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure),
        };
    }

    private static async Task<IResult> OpenAsync(HttpContext http, SecretCodes codes, TrackingCookie cookie, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var number = RequestNumber.Fold(form["number"].ToString());
        List<FieldProblem> missing = [.. Asked.Where(f => string.IsNullOrWhiteSpace(form[f])).Select(f => new FieldProblem(f, "请填写这一项。"))];
        if (missing.Count > 0)
        {
            return await LookUpAsync(http, number, new Failure.Invalid(missing), cancellation);
        }

        var found = await codes.FindAsync(number, form["code"].ToString(), cancellation);
        if (!found.Succeeded || found.Value == Guid.Empty)
        {
            return await LookUpAsync(http, number, found.Failure ?? WrongCode, cancellation);
        }

        cookie.Add(found.Value);
        return Results.LocalRedirect($"/track/{Uri.EscapeDataString(number)}");
    }

    private static async Task<IResult> AdoptAsync(HttpContext http, AdoptRequest adopt, CurrentActor current, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var adopted = await adopt.HandleAsync(current.Value, form["number"], form["code"], cancellation);
        return adopted.Succeeded ? Results.LocalRedirect("/track") : await LookUpAsync(http, form["number"], adopted.Failure, cancellation);
    }

    /// <summary>What staff read out to the person on the telephone.</summary>
    private static RazorComponentResult<FiledPage> Filed(string number, ReceiptCookie receipt, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<FiledPage>(new { Number = number, Code = receipt.CodeOf(number) });
    }
}

/// <summary>One line of the requests of this device.</summary>
public sealed record MyRequest(string Number, string Title, RequestState State, DateTimeOffset ReportedAt);

/// <param name="Number">As on the receipt.</param>
/// <param name="Code">The secret code.</param>
public sealed record AdoptionInput(string? Number, string? Code);
