using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Shell.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Webhooks;

/// <summary>What other systems are told of one request: webhook-event-1.json. Never a title, a text or a name of somebody.</summary>
internal sealed record RequestNews(
    string Number, int Sequence, string? Step, string? From, string State, NewsType ServiceType, NewsName? Area, NewsName? Lead, DateTimeOffset? DueAt, bool IsPublic, NewsClock? Clock, string Url);

internal sealed record NewsType(string Code, string NameZh, string? NameEn);

internal sealed record NewsName(string Code, string Name);

internal sealed record NewsClock(string Kind, DateTimeOffset DueAt);

/// <summary>Makes events of one request's history.</summary>
internal sealed class TellOfRequest(LinliDb db, QueueWebhooks queue)
{
    /// <summary>An event whose own delivery is late is made up for by its successors for so long.</summary>
    private static readonly TimeSpan MadeUpFor = TimeSpan.FromDays(7);

    /// <summary>Digits of a town's code: where a request is that not everybody may see is told no nearer.</summary>
    private const int Town = 9;

    /// <param name="request">The request.</param>
    /// <param name="upTo">Sequence of the step that was taken; null for the whole history.</param>
    /// <param name="clock">A clock that ran down, after the steps.</param>
    /// <param name="at">When that was.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task HandleAsync(Guid request, int? upTo, (Guid Id, bool IsBreached, NewsClock Clock)? clock, DateTimeOffset at, CancellationToken cancellation)
    {
        var since = at - MadeUpFor;
        var told = await ReadAsync(request, cancellation);
        var events = await db.Set<RequestEvent>().AsNoTracking().Where(e => e.RequestId == request && e.At >= since && (upTo == null || e.Sequence <= upTo)).OrderBy(e => e.Sequence).ToListAsync(cancellation);
        var news = events.Where(e => WebhookSteps.AreTold(e.Step)).Select(e => new WebhookEvent(
            $"{told.Number}.{e.Sequence}", WebhookSteps.TypeOf(e.Step), told.Number, e.Sequence * 2L, e.At, told.AreaCode, told.TypeCode,
            ReadRequest.IsInternal(e) ? WebhookReach.Internal : WebhookReach.Public, told.News(queue.Site, e.Sequence, e.Step, e.From, e.To, null))).ToList();
        if (clock is { } ran)
        {
            news.Add(new WebhookEvent(
                $"{told.Number}.{ran.Id:N}.{(ran.IsBreached ? "breached" : "approaching")}", ran.IsBreached ? WebhookSteps.Breached : WebhookSteps.Approaching, told.Number, told.Version * 2L + 1, at, told.AreaCode, told.TypeCode,
                WebhookReach.Internal, told.News(queue.Site, told.Version, null, null, told.State, ran.Clock)));
        }

        await queue.AddAsync(told.Reach, news, cancellation);
    }

    private async Task<Told> ReadAsync(Guid id, CancellationToken cancellation)
    {
        var isPublic = await db.Set<ServiceRequest>().VisibleToAll().AnyAsync(r => r.Id == id, cancellation);
        var row = await (from r in db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Id == id)
                         join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                         join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                         from o in leads.DefaultIfEmpty()
                         select new
                         {
                             r.Number, r.State, r.AreaCode, r.ServiceTypeCode, r.NextDueAt, r.Version, Type = new NewsType(t.Code, t.NameZh, t.NameEn), Lead = o == null ? null : new NewsName(o.Code, o.Name),
                             IsConfined = r.IsSensitive || r.AboutOrganisationId != null || r.AboutPersonIndex != null || r.OldAboutPerson != null || r.Recused != null,
                         }).SingleAsync(cancellation);
        WebhookReach? reach = (isPublic, row.IsConfined) switch { (true, _) => WebhookReach.Public, (false, true) => null, _ => WebhookReach.Internal };
        var area = isPublic || row.AreaCode is not { Length: > Town } ? row.AreaCode : row.AreaCode[..Town];
        var name = area is null ? null : await db.Set<Area>().Where(a => a.Code == area).Select(a => a.FullName).SingleOrDefaultAsync(cancellation);
        return new Told(row.Number, row.State, row.AreaCode, row.ServiceTypeCode, row.Version, reach, row.Type, name is null ? null : new NewsName(area!, name), row.Lead, row.NextDueAt, isPublic);
    }

    private sealed record Told(
        string Number, RequestState State, string? AreaCode, string TypeCode, int Version, WebhookReach? Reach, NewsType Type, NewsName? Area, NewsName? Lead, DateTimeOffset? DueAt, bool IsPublic)
    {
        public RequestNews News(string site, int sequence, Step? step, RequestState? from, RequestState to, NewsClock? clock) => new(
            Number, sequence, step is { } taken ? Camel(taken) : null, from is { } before && step is not Step.Report ? Camel(before) : null, Camel(to), Type, Area, Lead, DueAt?.ToUniversalTime(), IsPublic, clock,
            site + (IsPublic ? $"/requests/{Number}" : $"/work/requests/{Number}"));
    }

    private static string Camel<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
