using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Linli.Shell.Limits;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Search;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Public;

/// <summary>What everybody may see, without personal data: home, list and map, one request.</summary>
internal static class PublicPages
{
    private const string Newest = "newest";
    private const int PageSize = 20;
    private const int MostPoints = 2_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync).Public().ExcludeFromDescription();
        routes.MapGet("/requests", ListAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        routes.MapGet("/requests/{number}", (string number, HttpContext http, CancellationToken c) => ShowAsync(http, number, null, c)).Public().ExcludeFromDescription();
        routes.MapGet("/privacy", (IOptions<PrivacyOptions> options) => new RazorComponentResult<PrivacyNotice>(new { Options = options.Value })).Public().ExcludeFromDescription();
        routes.MapGet("/api/public/requests", ListForProgramsAsync)
            .Public().Costs(Cost.Searching).WithName("ListPublicRequests").WithTags("public").WithSummary("Requests of public kinds: by words, group, type, area and state; newest first, 20 a page; go on with cursor.").Produces<PublicLines>();
        routes.MapGet("/api/public/requests.geojson", PointsAsync).Public().Costs(Cost.Searching).WithName("PublicRequestPoints").WithTags("public")
            .WithSummary("The same as points on a map: GeoJSON, WGS 84, at most 2 000, newest first.")
            .Produces(StatusCodes.Status200OK, contentType: "application/geo+json");
    }

    private static async Task<IResult> HomeAsync(LinliDb db, AreaNames areas, CancellationToken cancellation)
    {
        var all = db.Set<ServiceRequest>().AsNoTracking().VisibleToAll();
        var lines = await FindAsync(db, areas, new PublicFilter(null, null, null, null, null), cancellation, 5);
        return new RazorComponentResult<HomePage>(new
        {
            Lines = lines.Lines,
            Open = await all.CountAsync(r => r.State != RequestState.Closed && r.State != RequestState.Declined && r.State != RequestState.Merged, cancellation),
            Done = await all.CountAsync(r => r.State == RequestState.Closed, cancellation),
        });
    }

    /// <summary>A program is told of a filter that says nothing; a page with an old link just shows everything.</summary>
    private static async Task<IResult> ListForProgramsAsync([AsParameters] PublicFilter asked, string? cursor, HttpContext http, LinliDb db, AreaNames areas, CancellationToken cancellation)
    {
        var wrong = await asked.ProblemsAsync(db, cancellation);
        var after = Cursor.Read(cursor, Newest);
        if (wrong.Count > 0 || !after.Succeeded)
        {
            return new Problem(wrong.Count > 0 ? new Failure.Invalid(wrong) : after.Failure!);
        }

        var found = await FindAsync(db, areas, asked, cancellation, after: after.Value.Cursor);
        Cursor.Link(http, found.Next);
        return Results.Json(found, Json.Plain);
    }

    private static async Task<IResult> ListAsync([AsParameters] PublicFilter asked, LinliDb db, AreaNames areas, CancellationToken cancellation)
    {
        var groups = await db.Set<ServiceGroup>().AsNoTracking().OrderBy(g => g.Order).ThenBy(g => g.Code).ToListAsync(cancellation);
        var towns = await db.Set<Area>().AsNoTracking().Where(a => a.Level == AreaLevel.Town && a.EndedOn == null).OrderBy(a => a.Code).ToListAsync(cancellation);
        return new RazorComponentResult<PublicListPage>(new
        {
            Asked = asked,
            Found = await FindAsync(db, areas, asked, cancellation),
            Groups = (IReadOnlyList<Option>)[.. groups.Select(g => new Option(g.Code, Texts.Pick(g.NameZh, g.NameEn)))],
            Towns = (IReadOnlyList<Option>)[.. towns.Select(t => new Option(t.Code, Texts.Pick(t.Name, t.NameEn)))],
        });
    }

    /// <param name="sent">What somebody who wanted to join it sent, and why not.</param>
    public static async Task<IResult> ShowAsync(HttpContext http, string number, ReportForm? sent, CancellationToken cancellation)
    {
        var view = await http.RequestServices.GetRequiredService<ReadRequest>().RunAsync(number, new Caller(Actor.Anonymous), cancellation);
        return !view.Succeeded ? Refusal.Of(view.Failure)
            : new RazorComponentResult<PublicRequestPage>(new { View = view.Value, Join = sent ?? new ReportForm { Key = Guid.NewGuid().ToString("N") } })
            {
                StatusCode = sent?.Failure switch { null => StatusCodes.Status200OK, Failure.Invalid => StatusCodes.Status422UnprocessableEntity, Failure.TooMany => StatusCodes.Status429TooManyRequests, _ => StatusCodes.Status409Conflict },
            };
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "Translated to SQL.")]
    private static async Task<PublicLines> FindAsync(LinliDb db, AreaNames areas, PublicFilter asked, CancellationToken cancellation, int size = PageSize, Cursor? after = null)
    {
        var found = Narrow(db, asked);
        var total = await found.CountAsync(cancellation);
        var pages = Math.Max(1, (total + size - 1) / size);
        var page = Math.Clamp(int.TryParse(asked.Page, NumberStyles.Integer, CultureInfo.InvariantCulture, out var wanted) ? wanted : 1, 1, pages);
        if (after is { Time: var time, Key: var key })
        {
            found = found.Where(r => r.ReportedAt < time || (r.ReportedAt == time && string.Compare(r.Number, key) > 0));
        }

        var rows = await (from r in found.OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Number).Skip(after is null ? (page - 1) * size : 0).Take(size + 1)
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                          from o in leads.DefaultIfEmpty()
                          select new { r.Number, r.Title, r.State, r.ReportedAt, r.Supporters, t.NameZh, t.NameEn, r.AreaCode, Lead = o == null ? null : o.Name, LeadEn = o == null ? null : o.NameEn })
            .ToListAsync(cancellation);
        var names = await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation);
        return new PublicLines([.. rows.Take(size).Select(r => new PublicLine(r.Number, PersonalNumbers.Mask(r.Title), Texts.Pick(r.NameZh, r.NameEn), r.State, r.AreaCode is { } code ? names.GetValueOrDefault(code) : null, r.Lead is null ? null : Texts.Pick(r.Lead, r.LeadEn), r.ReportedAt, r.Supporters))], total, page, pages, rows.Count > size ? Cursor.After(Newest, rows[size - 1].ReportedAt, rows[size - 1].Number).ToString() : null);
    }

    private static async Task<IResult> PointsAsync([AsParameters] PublicFilter asked, LinliDb db, Texts texts, CancellationToken cancellation)
    {
        if (await asked.ProblemsAsync(db, cancellation) is { Count: > 0 } wrong)
        {
            return new Problem(new Failure.Invalid(wrong));
        }

        var rows = await (from r in Narrow(db, asked).Where(r => r.Longitude != null && r.Latitude != null).OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id).Take(MostPoints)
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          select new { r.Number, r.Title, r.State, r.AreaCode, r.ReportedAt, r.UpdatedAt, r.Longitude, r.Latitude, t.Code, t.NameZh, t.NameEn }).ToListAsync(cancellation);
        return new Cacheable(JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "FeatureCollection",
            features = rows.Select(r => new
            {
                type = "Feature",
                geometry = new { type = "Point", coordinates = new[] { Math.Round(r.Longitude!.Value, 5), Math.Round(r.Latitude!.Value, 5) } },
                properties = new { title = PersonalNumbers.Mask(r.Title), text = $"{Texts.Pick(r.NameZh, r.NameEn)} · {texts[LifeTexts.Of(r.State).Key]}", href = $"/requests/{r.Number}", tone = r.State.IsOpen() ? "brand" : "neutral", number = r.Number, state = r.State, serviceType = r.Code, area = r.AreaCode, reportedAt = r.ReportedAt, updatedAt = r.UpdatedAt },
            }),
        }, Json.Plain), "application/geo+json", TimeSpan.FromMinutes(1));
    }

    internal static IQueryable<ServiceRequest> Narrow(LinliDb db, PublicFilter asked)
    {
        var found = db.Set<ServiceRequest>().AsNoTracking().VisibleToAll();
        if (!string.IsNullOrWhiteSpace(asked.Group))
        {
            found = found.Where(r => db.Set<ServiceType>().Any(t => t.Code == r.ServiceTypeCode && t.GroupCode == asked.Group));
        }

        if (!string.IsNullOrWhiteSpace(asked.Type))
        {
            found = found.Where(r => r.ServiceTypeCode == asked.Type);
        }

        if (!string.IsNullOrWhiteSpace(asked.Area))
        {
            found = found.Where(r => r.AreaCode != null && r.AreaCode.StartsWith(asked.Area));
        }

        var ended = RequestStates.Ended;
        found = asked.State switch
        {
            "open" => found.Where(r => !ended.Contains(r.State)),
            "closed" => found.Where(r => r.State == RequestState.Closed),
            _ => found,
        };
        // Nobody finds a person's request by that person's number.
        return asked.Words is { } words && !RequestNumber.IsOne(words) && PersonalNumbers.IsAskedForIn(words) ? found.Where(_ => false) : found.Matching(asked.Words);
    }
}

/// <summary>One line of the public list.</summary>
public sealed record PublicLine(string Number, string Title, string ServiceType, RequestState State, string? Area, string? Lead, DateTimeOffset ReportedAt, int Supporters);

/// <param name="Next">Value of cursor for the next page; absent on the last.</param>
public sealed record PublicLines(IReadOnlyList<PublicLine> Lines, int Total, int Page, int Pages, string? Next = null);
