using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Open311;

/// <summary>Reads requests as everybody may see them, in the words of GeoReport. Two lists at one moment say the same as the public pages do.</summary>
internal sealed class GeoRequests(LinliDb db, CatalogueReader catalogue, AreaNames areas, TimeProvider time)
{
    public const int Most = 1_000;
    public const int UsualPage = 50;

    /// <summary>Longest span of a list, as the specification has it.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(90);

    private static readonly RequestState[] Closed = [RequestState.Closed, RequestState.Declined, RequestState.Merged];

    public static string StatusOf(RequestState state) => state.IsOpen() ? "open" : "closed";

    public async Task<Outcome<GeoAnswer>> ListAsync(GeoParameters given, string host, CancellationToken cancellation)
    {
        var query = Of(given.Part);
        var numbers = given.List("service_request_id");
        if (numbers.Count > Most)
        {
            given.Problems.Add(new("service_request_id", "一次最多 {0} 个，现在是 {1} 个。请分几次查。", Most, numbers.Count));
        }

        query = numbers.Count > 0 ? query.Where(r => numbers.Contains(r.Number)) : Narrow(query, given);
        var isSync = given["updated_after"] is not null;
        var (page, isExtended) = (given.Number("page", 1, 1_000_000), given.Truth("extensions"));
        var size = given.Number("page_size", 1, Most) ?? (page is null ? Most : UsualPage);
        if (given.Problems.Count > 0)
        {
            return new Failure.Invalid(given.Problems);
        }

        var ordered = isSync ? query.OrderBy(r => r.UpdatedAt).ThenBy(r => r.Id) : query.OrderByDescending(r => r.ReportedAt).ThenByDescending(r => r.Id);
        return await ComposeAsync(ordered.Skip(((page ?? 1) - 1) * size).Take(size), isExtended, host, cancellation);
    }

    public async Task<Outcome<GeoAnswer>> OneAsync(string number, GeoParameters given, string host, CancellationToken cancellation)
    {
        var isExtended = given.Truth("extensions");
        if (given.Problems.Count > 0)
        {
            return new Failure.Invalid(given.Problems);
        }

        var answer = await ComposeAsync(Of(given.Part).Where(r => r.Number == number), isExtended, host, cancellation);
        return ((GeoList)answer.Body).Items.Count == 0 ? Unknown(number) : answer;
    }

    private IQueryable<ServiceRequest> Of(string part)
    {
        var all = db.Set<ServiceRequest>().AsNoTracking().VisibleToAll();
        return part.Length == 0 ? all : all.Where(r => r.AreaCode != null && r.AreaCode.StartsWith(part));
    }

    public static Failure Unknown(string number) => new Failure.NotFound("没有编号为“{0}”的公开诉求。请核对编号。", Steps.Check.Short(number));

    private IQueryable<ServiceRequest> Narrow(IQueryable<ServiceRequest> query, GeoParameters given)
    {
        var codes = given.List("service_code");
        if (codes.Count > 0)
        {
            query = query.Where(r => codes.Contains(r.ServiceTypeCode));
        }

        var states = given.List("status").Select(s => s.ToLowerInvariant()).ToList();
        given.Problems.AddRange(states.Where(s => s is not ("open" or "closed")).Take(3).Select(s => new FieldProblem("status", "状态只有 open 和 closed，没有“{0}”。", Steps.Check.Short(s))));
        if (states.Distinct().ToList() is [var only])
        {
            query = only == "closed" ? query.Where(r => Closed.Contains(r.State)) : query.Where(r => !Closed.Contains(r.State));
        }

        return Between(query, given);
    }

    /// <summary>At most 90 days from whichever end is given; without any, the last 90. Whoever asks for what changed gets it however old it is.</summary>
    private IQueryable<ServiceRequest> Between(IQueryable<ServiceRequest> query, GeoParameters given)
    {
        var (start, end, after, before) = (given.Time("start_date"), given.Time("end_date"), given.Time("updated_after"), given.Time("updated_before"));
        if (start > end)
        {
            given.Problems.Add(new("end_date", "结束时间早于开始时间。请核对。"));
        }

        if (after is not null || before is not null)
        {
            query = query.Where(r => (after == null || r.UpdatedAt >= after) && (before == null || r.UpdatedAt <= before));
            return query.Where(r => (start == null || r.ReportedAt >= start) && (end == null || r.ReportedAt <= end));
        }

        if (start is null && end is null)
        {
            var recent = time.GetUtcNow() - Span;
            return query.Where(r => r.ReportedAt >= recent);
        }

        var from = start ?? end!.Value - Span;
        var until = end is { } last && last - from <= Span ? last : from + Span;
        return query.Where(r => r.ReportedAt >= from && r.ReportedAt <= until);
    }

    /// <summary>One bounded query for what is in the requests themselves, one for the words of handlers and one for photos.</summary>
    private async Task<GeoAnswer> ComposeAsync(IQueryable<ServiceRequest> page, bool isExtended, string host, CancellationToken cancellation)
    {
        var known = await catalogue.NowAsync(cancellation);
        var rows = await page.Select(r => new
        {
            r.Id, r.Number, r.Title, r.Text, r.State, r.ServiceTypeCode, r.ReportedAt, r.UpdatedAt, r.Address, r.AreaCode, r.Latitude, r.Longitude, r.Supporters, r.Grade, IsAnonymised = r.AnonymisedAt != null,
            Lead = db.Set<Organisation>().Where(o => o.Id == r.LeadOrganisationId).Select(o => new { o.Name, o.NameEn }).FirstOrDefault(),
            DueAt = r.Clocks.Where(c => c.Kind == ClockKind.Resolve).Max(c => (DateTimeOffset?)c.DueAt),
        }).ToListAsync(cancellation);
        var ids = rows.Select(r => r.Id).ToList();
        var said = await GeoUpdates.LastWordsAsync(db, ids, cancellation);
        var photos = (await GeoUpdates.PhotosAsync(db, ids, cancellation)).ToLookup(p => p.Request, p => p.File);
        var names = isExtended ? await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation) : null;
        return GeoAnswer.Of("service_requests", "request", rows.Select(r =>
        {
            var type = known.Type(r.ServiceTypeCode)!;
            var typeName = Texts.Pick(type.NameZh, type.NameEn);
            var media = photos[r.Id].Select(id => $"{host}/files/{id}").ToList();
            var record = new GeoRecord()
                .With("service_request_id", r.Number).With("status", StatusOf(r.State)).With("status_notes", said.GetValueOrDefault(r.Id) ?? "")
                .With("service_name", typeName).With("service_code", r.ServiceTypeCode).With("description", r.IsAnonymised ? AnonymiseRequests.Tombstone : PersonalNumbers.Mask(r.Text))
                .With("agency_responsible", r.Lead is null ? "" : Texts.Pick(r.Lead.Name, r.Lead.NameEn)).With("service_notice", "")
                .With("requested_datetime", r.ReportedAt).With("updated_datetime", r.UpdatedAt).With("expected_datetime", r.DueAt)
                .With("address", r.Address is null ? "" : PersonalNumbers.Mask(r.Address)).With("address_id", r.AreaCode ?? "").With("zipcode", "").With("lat", r.Latitude).With("long", r.Longitude)
                .With("media_url", media.FirstOrDefault() ?? "");
            return names is null ? record : record.With("extended_attributes", new GeoRecord()
                .With("title", r.IsAnonymised ? typeName : PersonalNumbers.Mask(r.Title)).With("group", known.Group(type.GroupCode) is { } group ? Texts.Pick(group.NameZh, group.NameEn) : "")
                .With("area", r.AreaCode is { } code ? names.GetValueOrDefault(code) ?? "" : "").With("state", Camel($"{r.State}")).With("supporters", r.Supporters)
                .With("grade", r.Grade is { } grade ? Camel($"{grade}") : "").With("media_urls", new GeoList("media_url", [.. media])));
        }));
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
