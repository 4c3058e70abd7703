using Linli.Shell.Limits.Floods;
using System.Globalization;
using Linli.Shell.Limits;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Requests.Suggestions;
using Linli.Requests.Twins;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Evidence;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Report;

/// <summary>我要反映: for residents at /report, for staff who file for somebody at /work/file; programs: <see cref="ReportApi"/>.</summary>
internal static class ReportPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/report", (HttpContext http, CancellationToken c) => ShowAsync(http, isStaff: false, null, c)).Public().ExcludeFromDescription();
        routes.MapPost("/report", (HttpContext http, CancellationToken c) => SendAsync(http, isStaff: false, c)).Public().TakesFiles().Costs(Cost.Reporting).ExcludeFromDescription();
        routes.MapPost("/report/suggest", SuggestAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapPost("/report/place", PlaceAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapPost("/report/fields", FieldsAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapPost("/report/known", KnownAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapGet("/work/file", (HttpContext http, CancellationToken c) => ShowAsync(http, isStaff: true, null, c)).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/work/file", (HttpContext http, CancellationToken c) => SendAsync(http, isStaff: true, c)).Requires(Permission.AnyStaff).TakesFiles().ExcludeFromDescription();
    }

    private static async Task<IResult> SendAsync(HttpContext http, bool isStaff, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var spotted = SpottedNumbers.In(await http.Request.ReadFormAsync(cancellation), isAsked: !isStaff, services.GetRequiredService<Texts>());
        var form = spotted.Form;
        var actor = services.GetRequiredService<CurrentActor>().Value;
        var caller = isStaff ? new Caller(actor) : new Caller(Actor.Anonymous);
        if (form.ContainsKey("receipt") && await FiledAsync(form, caller, services.GetRequiredService<ReportRequest>(), cancellation) is { } known)
        {
            return Receipt(services, isStaff, known);
        }

        var files = await services.GetRequiredService<EvidenceForm>().TakeAsync(form, by: caller.Actor, cancellation: cancellation);
        var sent = ReportForm.Read(form, files.Kept);
        if (files.Problems.Count > 0)
        {
            return await ShowAsync(http, isStaff, sent.Refused(new Failure.Invalid(files.Problems)), cancellation);
        }

        if (form.ContainsKey("look"))
        {
            // Without script: what others reported nearby, and everything that was typed.
            return await ShowAsync(http, isStaff, sent, cancellation, await TwinEndpoints.OfFormAsync(services, form, isStaff, cancellation));
        }

        if (spotted.Failure is { } question)
        {
            return await ShowAsync(http, isStaff, sent.Refused(question), cancellation);
        }

        if (!isStaff && services.GetRequiredService<FloodGate>().Pass(http, sent.Key, ProofOf(form)) is { } held)
        {
            Problem.SetWait(http.Response, held.Failure);
            return await ShowAsync(http, isStaff, sent with { Failure = held.Failure, Held = held }, cancellation);
        }

        var channel = !isStaff ? Channel.Web : actor.Is(Role.GridWorker) ? Channel.GridWorker : Channel.Phone;
        var outcome = await services.GetRequiredService<ReportRequest>().RunAsync(sent.ToInput(channel), caller, cancellation);
        if (!outcome.Succeeded)
        {
            return await ShowAsync(http, isStaff, sent.Refused(outcome.Failure!), cancellation);
        }

        return Receipt(services, isStaff, outcome.Value);
    }

    internal static Proof ProofOf(IFormCollection form) => new(form["proof.token"], form["proof.nonce"], form["proof.sum"]);

    /// <summary>To the page with the number and the code, which this device remembers.</summary>
    internal static IResult Receipt(IServiceProvider services, bool isStaff, ReportRequest.Receipt receipt)
    {
        services.GetRequiredService<ReceiptCookie>().Put(receipt.Number, receipt.SecretCode);
        if (!isStaff)
        {
            services.GetRequiredService<TrackingCookie>().Add(receipt.Id);
        }

        return Results.LocalRedirect(isStaff ? $"/work/filed/{receipt.Number}" : $"/track/{receipt.Number}?new=1");
    }

    public static async Task<IResult> ShowAsync(HttpContext http, bool isStaff, ReportForm? sent, CancellationToken cancellation, IReadOnlyList<TwinView>? twins = null)
    {
        var services = http.RequestServices;
        var db = services.GetRequiredService<LinliDb>();
        var types = await db.Set<ServiceType>().AsNoTracking().Where(t => t.IsActive).OrderBy(t => t.Order).ThenBy(t => t.Code).ToListAsync(cancellation);
        var groups = await db.Set<ServiceGroup>().AsNoTracking().OrderBy(g => g.Order).ThenBy(g => g.Code).ToListAsync(cancellation);
        var villages = await VillagesAsync(db, cancellation);
        sent ??= new ReportForm { Key = Guid.NewGuid().ToString("N"), ServiceType = http.Request.Query["type"] };
        return new RazorComponentResult<ReportPage>(new
        {
            Sent = sent,
            Twins = twins,
            IsStaff = isStaff,
            IsHere = http.Request.Query["here"] == "true",
            Type = types.FirstOrDefault(t => t.Code == sent.ServiceType),
            Types = (IReadOnlyList<Option>)[.. groups.SelectMany(g => types.Where(t => t.GroupCode == g.Code).Select(t => new Option(t.Code, Texts.Pick(t.NameZh, t.NameEn), Texts.Pick(g.NameZh, g.NameEn))))],
            Villages = villages,
            Organisations = (IReadOnlyList<Option>)[.. await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Kind).ThenBy(o => o.Code).Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn), null, null, null, false)).ToListAsync(cancellation)],
        })
        {
            StatusCode = sent.Failure switch
            {
                null => StatusCodes.Status200OK,
                Failure.NotFound => StatusCodes.Status404NotFound,
                Failure.Conflict => StatusCodes.Status409Conflict,
                Failure.TooMany => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status422UnprocessableEntity,
            },
        };
    }

    /// <summary>Whether something was filed under this key: only whoever made it up knows it.</summary>
    private static async Task<IResult> KnownAsync(HttpContext http, ReportRequest report, CancellationToken cancellation) =>
        Results.Text(await FiledAsync(await http.Request.ReadFormAsync(cancellation), new Caller(Actor.Anonymous), report, cancellation) is null ? "no" : "yes");

    private static async Task<ReportRequest.Receipt?> FiledAsync(IFormCollection form, Caller caller, ReportRequest report, CancellationToken cancellation) =>
        SentBefore.KeyOf(form["idempotencyKey"]) is { Succeeded: true, Value: var key } ? await report.FindAsync(SecretCode.HashOfKey(key, caller.Actor), key, cancellation) : null;

    private static async Task<IReadOnlyList<Option>> VillagesAsync(LinliDb db, CancellationToken cancellation)
    {
        var areas = await db.Set<Area>().AsNoTracking().Where(a => (a.Level == AreaLevel.Town || a.Level == AreaLevel.Village) && a.EndedOn == null)
            .OrderBy(a => a.Code).Select(a => new { a.Code, a.ParentCode, a.Level, a.Name, a.NameEn }).ToListAsync(cancellation);
        return
        [
            .. areas.Where(a => a.Level == AreaLevel.Town).SelectMany(town => areas.Where(v => v.ParentCode == town.Code).Prepend(town)
                .Select(v => new Option(v.Code, v == town ? $"{Texts.Pick(town.Name, town.NameEn)} *" : Texts.Pick(v.Name, v.NameEn), Texts.Pick(town.Name, town.NameEn)))),
        ];
    }

    /// <summary>A fragment of the questions of the type just chosen.</summary>
    private static async Task<IResult> FieldsAsync(HttpContext http, LinliDb db, CancellationToken cancellation)
    {
        var code = (await http.Request.ReadFormAsync(cancellation))["serviceType"].ToString();
        return await db.Set<ServiceType>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == code && t.IsActive, cancellation) is { } type
            ? new RazorComponentResult<TypeFields>(new { Type = type })
            : Results.Text("", "text/html");
    }

    /// <summary>A fragment of places that the address typed so far may mean.</summary>
    private static async Task<IResult> PlaceAsync(HttpContext http, Gazetteers gazetteers, AreaNames areas, CancellationToken cancellation)
    {
        var text = (await http.Request.ReadFormAsync(cancellation))["text"].ToString();
        var places = await gazetteers.CurrentAsync(cancellation);
        var found = places.Find(text, 3);
        return new RazorComponentResult<FoundPlaces>(new { Candidates = found, Names = await areas.OfAsync(found.Select(c => c.Area.Code), cancellation), Sure = places.FindSure(text) });
    }

    /// <summary>A fragment of suggested types for the words typed so far.</summary>
    private static async Task<IResult> SuggestAsync(HttpContext http, SuggestionSource suggestions, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var text = form["text"].ToString();
        return new RazorComponentResult<SuggestedTypes>(new { Suggested = (await suggestions.NowAsync(cancellation)).For(text, 3), IsTextShort = text.Length < 10 });
    }
}
