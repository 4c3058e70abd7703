using System.Diagnostics.CodeAnalysis;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Requests.Search;
using Linli.Shell.Http.Calls;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Queue;

/// <summary>Lists for the workbench: what waits for the actor, narrowed, searched, counted. Never counts what the actor may not see.</summary>
internal sealed class QueueQuery(LinliDb db, AreaNames areas, Timekeeping timekeeping, TimeProvider time)
{
    /// <summary>The queues that the actor's roles have, most urgent first, each with its count.</summary>
    public async Task<IReadOnlyList<(QueueKind Queue, int Count)>> CountsAsync(Actor actor, CancellationToken cancellation)
    {
        var counts = new List<(QueueKind, int)>();
        foreach (var queue in QueuesOf(actor))
        {
            counts.Add((queue, await In(queue, actor).CountAsync(cancellation)));
        }

        return counts;
    }

    public static IEnumerable<QueueKind> QueuesOf(Actor actor)
    {
        var handles = actor.Is(Role.Handler) || actor.Is(Role.GridWorker);
        IEnumerable<(QueueKind Queue, bool Mine)> all =
        [
            (QueueKind.Triage, actor.Is(Role.Dispatcher)),
            (QueueKind.ToSign, handles), (QueueKind.InHand, handles), (QueueKind.ToClaim, handles), (QueueKind.Helping, handles),
            (QueueKind.Arbitration, actor.Is(Role.Supervisor)), (QueueKind.TimeAsked, actor.Is(Role.Supervisor)),
            (QueueKind.ToVerify, actor.Is(Role.Verifier)),
            (QueueKind.Overdue, actor.Is(Role.Supervisor) || actor.Is(Role.Dispatcher) || handles),
            (QueueKind.WithReporter, actor.Is(Role.Dispatcher) || actor.Is(Role.Verifier) || actor.Is(Role.Supervisor)),
            (QueueKind.FiledByMe, actor.Is(Role.GridWorker) || actor.Is(Role.Dispatcher)),
            (QueueKind.All, actor.IsStaff),
        ];
        return all.Where(q => q.Mine).Select(q => q.Queue);
    }

    public async Task<QueueLines> ListAsync(QueueFilter filter, Actor actor, CancellationToken cancellation)
    {
        var requests = Narrow(In(filter.Queue, actor), filter);
        requests = filter.For is { } program ? requests.ShownTo(program) : requests;
        var total = await requests.CountAsync(cancellation);
        var pages = Math.Max(1, (total + QueueFilter.PageSize - 1) / QueueFilter.PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var more = await IdsAsync(requests, filter.Sort, filter.After, (page - 1) * QueueFilter.PageSize, cancellation);
        var ids = more.Take(QueueFilter.PageSize).ToList();
        var rows = await (from r in db.Set<ServiceRequest>().Where(r => ids.Contains(r.Id))
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                          from o in leads.DefaultIfEmpty()
                          select new
                          {
                              r.Id, r.Number, r.Title, r.State, r.Address, r.ReportedAt, r.NextDueAt, r.IsNextDueTentative, r.ReturnCount, r.Supporters, t.NameZh, t.NameEn, t.Urgency,
                              r.AreaCode, Lead = o == null ? null : o.Name, LeadEn = o == null ? null : o.NameEn,
                              Asked = r.TimeRequests.Any(e => e.DecidedAt == null),
                          }).ToListAsync(cancellation);
        var names = await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation);
        var faces = await FacesAsync(ids, cancellation);
        var last = ids.Count < more.Count ? rows.Single(r => r.Id == ids[^1]) : null;
        var next = last is not null && QueueFilter.IsSteady(filter.Sort) ? Cursor.After(filter.Sort!, last.ReportedAt, last.Number) : null;
        var open = filter.For is null ? null : await db.Set<ServiceRequest>().VisibleToAll().Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellation);
        var lines = new QueueLines(
            [.. rows.OrderBy(r => ids.IndexOf(r.Id)).Select(r => new QueueLine(r.Id, r.Number, r.Title, Texts.Pick(r.NameZh, r.NameEn), r.State, r.AreaCode is { } code ? names.GetValueOrDefault(code) : null, r.Address,
                r.Lead is null ? null : Texts.Pick(r.Lead, r.LeadEn), r.ReportedAt, r.NextDueAt, faces.GetValueOrDefault(r.Id), r.ReturnCount, r.Supporters, r.Urgency, r.Asked, r.IsNextDueTentative))],
            total, page, pages, next?.ToString());
        return open is null ? lines : lines with { Lines = [.. lines.Lines.Select(l => l.Masked(open.Contains(l.Id)))] };
    }

    /// <summary>One page, in order. What runs out first comes first, then what nobody has to hurry with; two reads, because each then follows an index.</summary>
    private static async Task<List<Guid>> IdsAsync(IQueryable<ServiceRequest> requests, string? sort, Cursor? after, int skip, CancellationToken cancellation)
    {
        const int Wanted = QueueFilter.PageSize + 1;   // one more says whether there is a next page
        skip = after is null ? skip : 0;

        if (QueueFilter.IsSteady(sort))
        {
            var ordered = sort == "newest" ? Before(requests, after).OrderByDescending(r => r.ReportedAt) : Behind(requests, after).OrderBy(r => r.ReportedAt);
            return await ordered.ThenBy(r => r.Number).Skip(skip).Take(Wanted).Select(r => r.Id).ToListAsync(cancellation);
        }

        var measured = ByDueTime(requests);
        var ids = await measured.Skip(skip).Take(Wanted).Select(r => r.Id).ToListAsync(cancellation);
        if (ids.Count < Wanted)
        {
            var before = ids.Count > 0 ? skip : await measured.CountAsync(cancellation);
            ids.AddRange(await requests.Where(r => r.NextDueAt == null).OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Number)
                .Skip(skip - before).Take(Wanted - ids.Count).Select(r => r.Id).ToListAsync(cancellation));
        }

        return ids;
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "Translated to SQL.")]
    private static IQueryable<ServiceRequest> Before(IQueryable<ServiceRequest> requests, Cursor? after) =>
        after is { Time: var time, Key: var number } ? requests.Where(r => r.ReportedAt < time || (r.ReportedAt == time && string.Compare(r.Number, number) > 0)) : requests;

    [SuppressMessage("Globalization", "CA1309", Justification = "Translated to SQL.")]
    private static IQueryable<ServiceRequest> Behind(IQueryable<ServiceRequest> requests, Cursor? after) =>
        after is { Time: var time, Key: var number } ? requests.Where(r => r.ReportedAt > time || (r.ReportedAt == time && string.Compare(r.Number, number) > 0)) : requests;

    /// <summary>Follows an index; a test looks at the plan.</summary>
    internal static IQueryable<ServiceRequest> ByDueTime(IQueryable<ServiceRequest> requests) =>
        requests.Where(r => r.NextDueAt != null).OrderBy(r => r.NextDueAt).ThenBy(r => r.Number);

    /// <summary>The next clock of each, in one read for the whole page; how they stand is reckoned here.</summary>
    public async Task<IReadOnlyDictionary<Guid, ClockFace?>> FacesAsync(List<Guid> requests, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var open = await db.Set<RequestClock>().AsNoTracking().Include(c => c.Entries)
            .Where(c => requests.Contains(c.RequestId) && (c.State == ClockState.Running || c.State == ClockState.Paused)).ToListAsync(cancellation);
        var clocks = await timekeeping.GetAsync(cancellation);
        return open.GroupBy(c => c.RequestId).ToDictionary(g => g.Key, g => clocks.NextFaceOf(g, now));
    }

    /// <summary>Everything that a list would show on all its pages, for ledgers.</summary>
    public IQueryable<ServiceRequest> Matching(QueueFilter filter, Actor actor) => Narrow(In(filter.Queue, actor), filter);

    /// <summary>Everything that matches, for those who have totals of what they do not see.</summary>
    public IQueryable<ServiceRequest> Counted(QueueFilter filter, Actor actor) => Narrow(db.Set<ServiceRequest>().AsNoTracking().CountedFor(actor), filter);

    internal IQueryable<ServiceRequest> In(QueueKind queue, Actor actor)
    {
        var seen = db.Set<ServiceRequest>().AsNoTracking().VisibleTo(actor);
        var now = time.GetUtcNow();
        var handling = RequestAccess.HandlingOrganisations(actor);
        return queue switch
        {
            QueueKind.Triage => seen.Where(r => r.State == RequestState.Reported).Where(RequestAccess.InAreas(actor, Role.Dispatcher)),
            QueueKind.ToSign => seen.Where(r => r.State == RequestState.Dispatched && handling.Contains(r.LeadOrganisationId!.Value)),
            QueueKind.InHand => seen.Where(r => (r.State == RequestState.InHand || r.State == RequestState.Paused || r.State == RequestState.AwaitingReporter) && handling.Contains(r.LeadOrganisationId!.Value)),
            QueueKind.ToClaim => seen.Where(r => r.State == RequestState.Offered && r.Offers.Any(o => o.EndedAt == null && handling.Contains(o.OrganisationId))),
            QueueKind.Helping => seen.Where(r => (r.State == RequestState.InHand || r.State == RequestState.Paused)
                && (r.CoHandlers.Any(c => handling.Contains(c.OrganisationId)) || r.Tasks.Any(t => t.DoneAt == null && handling.Contains(t.OrganisationId)))),
            QueueKind.Arbitration => seen.Where(r => r.State == RequestState.InArbitration).Where(RequestAccess.InAreas(actor, Role.Supervisor)),
            QueueKind.TimeAsked => seen.Where(r => r.State == RequestState.InHand && r.TimeRequests.Any(e => e.DecidedAt == null)).Where(RequestAccess.InAreas(actor, Role.Supervisor)),
            QueueKind.ToVerify => seen.Where(r => r.State == RequestState.Resolved && r.NeedsVerification).Where(RequestAccess.InAreas(actor, Role.Verifier)),
            QueueKind.Overdue => seen.Where(r => r.NextDueAt <= now),
            QueueKind.WithReporter => seen.Where(r => r.State == RequestState.AwaitingReporter || (r.State == RequestState.Resolved && !r.NeedsVerification) || r.State == RequestState.Verified),
            QueueKind.FiledByMe => seen.Where(r => r.ReportedByAccount == actor.Id),
            QueueKind.All => seen,
            _ => throw new ArgumentOutOfRangeException(nameof(queue), queue, null),
        };
    }

    private IQueryable<ServiceRequest> Narrow(IQueryable<ServiceRequest> requests, QueueFilter filter)
    {
        var now = time.GetUtcNow();
        if (filter.State is { } state)
        {
            requests = requests.Where(r => r.State == state);
        }

        if (!string.IsNullOrEmpty(filter.ServiceType))
        {
            requests = requests.Where(r => r.ServiceTypeCode == filter.ServiceType);
        }

        if (!string.IsNullOrEmpty(filter.Group))
        {
            requests = requests.Where(r => db.Set<ServiceType>().Any(t => t.Code == r.ServiceTypeCode && t.GroupCode == filter.Group));
        }

        if (!string.IsNullOrEmpty(filter.Area))
        {
            requests = requests.Where(r => r.AreaCode != null && r.AreaCode.StartsWith(filter.Area));
        }

        if (!string.IsNullOrEmpty(filter.Organisation))
        {
            requests = requests.Where(r => db.Set<Organisation>().Any(o => o.Id == r.LeadOrganisationId && o.Code == filter.Organisation));
        }

        if (filter.IsLate)
        {
            requests = requests.Where(r => r.NextDueAt <= now);
        }

        return requests.Matching(filter.Words);
    }
}
