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
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Queue;

/// <summary>A queue of the workbench: work that waits for somebody in one role. What stands in nobody's queue would be lost; a test shows there is none.</summary>
public enum QueueKind
{
    /// <summary>待派单: reported, unassigned.</summary>
    Triage,

    /// <summary>待签收, for the lead.</summary>
    ToSign,

    /// <summary>可接单: offered to us.</summary>
    ToClaim,

    /// <summary>办理中, as lead.</summary>
    InHand,

    /// <summary>协办与子任务.</summary>
    Helping,

    /// <summary>待裁定.</summary>
    Arbitration,

    /// <summary>延期待批.</summary>
    ExtensionsAsked,

    /// <summary>超时督办: open and past a due time.</summary>
    Overdue,

    /// <summary>待核实.</summary>
    ToVerify,

    /// <summary>等群众补充或评价.</summary>
    WithReporter,

    /// <summary>Filed by me.</summary>
    FiledByMe,

    /// <summary>Everything that I may see.</summary>
    All,
}

/// <summary>What a list is narrowed to.</summary>
/// <param name="Words">Found in title, text, address, type or number; several words must all be there.</param>
public sealed record QueueFilter(
    QueueKind Queue = QueueKind.All, string? Words = null, RequestState? State = null, string? ServiceType = null, string? Group = null, string? Area = null,
    string? Organisation = null, bool IsLate = false, string? Sort = null, int Page = 1)
{
    public const int PageSize = 30;
}

/// <summary>One line of a list.</summary>
public sealed record QueueLine(
    Guid Id, string Number, string Title, string ServiceType, RequestState State, string? Area, string? Address, string? Lead,
    DateTimeOffset ReportedAt, DateTimeOffset? DueAt, int ReturnCount, int Supporters, Urgency Urgency, bool HasExtensionAsked, bool IsTentative);

/// <summary>One page of a list, and how many there are in all.</summary>
public sealed record QueueLines(IReadOnlyList<QueueLine> Lines, int Total, int Page, int Pages);

/// <summary>Lists for the workbench: what waits for the actor, narrowed, searched, counted. Never counts what the actor may not see.</summary>
internal sealed class QueueQuery(LinliDb db, AreaNames areas, TimeProvider time)
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
            (QueueKind.Arbitration, actor.Is(Role.Supervisor)), (QueueKind.ExtensionsAsked, actor.Is(Role.Supervisor)),
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
        var total = await requests.CountAsync(cancellation);
        var pages = Math.Max(1, (total + QueueFilter.PageSize - 1) / QueueFilter.PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var ordered = filter.Sort switch
        {
            "newest" => requests.OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id),
            "oldest" => requests.OrderBy(r => r.ReportedAt).ThenBy(r => r.Id),
            _ => requests.OrderBy(r => r.NextDueAt == null).ThenBy(r => r.NextDueAt).ThenByDescending(r => r.ReportedAt).ThenBy(r => r.Id),
        };
        var rows = await (from r in ordered.Skip((page - 1) * QueueFilter.PageSize).Take(QueueFilter.PageSize)
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                          from o in leads.DefaultIfEmpty()
                          select new
                          {
                              r.Id, r.Number, r.Title, r.State, r.Address, r.ReportedAt, r.NextDueAt, r.IsNextDueTentative, r.ReturnCount, r.Supporters, t.NameZh, t.NameEn, t.Urgency,
                              r.AreaCode, Lead = o == null ? null : o.Name, LeadEn = o == null ? null : o.NameEn,
                              Asked = r.Extensions.Any(e => e.DecidedAt == null),
                          }).ToListAsync(cancellation);
        var names = await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation);
        return new QueueLines(
            [.. rows.Select(r => new QueueLine(r.Id, r.Number, r.Title, Texts.Pick(r.NameZh, r.NameEn), r.State, r.AreaCode is { } code ? names.GetValueOrDefault(code) : null, r.Address,
                r.Lead is null ? null : Texts.Pick(r.Lead, r.LeadEn), r.ReportedAt, r.NextDueAt, r.ReturnCount, r.Supporters, r.Urgency, r.Asked, r.IsNextDueTentative))],
            total, page, pages);
    }

    private IQueryable<ServiceRequest> In(QueueKind queue, Actor actor)
    {
        var seen = db.Set<ServiceRequest>().AsNoTracking().VisibleTo(actor);
        var now = time.GetUtcNow();
        var handling = RequestAccess.OrganisationsAs(actor, Role.Handler).Concat(RequestAccess.OrganisationsAs(actor, Role.GridWorker)).Distinct().ToList();
        return queue switch
        {
            QueueKind.Triage => seen.Where(r => r.State == RequestState.Reported).Where(RequestAccess.InAreas(actor, Role.Dispatcher)),
            QueueKind.ToSign => seen.Where(r => r.State == RequestState.Dispatched && handling.Contains(r.LeadOrganisationId!.Value)),
            QueueKind.InHand => seen.Where(r => (r.State == RequestState.InHand || r.State == RequestState.Paused || r.State == RequestState.AwaitingReporter) && handling.Contains(r.LeadOrganisationId!.Value)),
            QueueKind.ToClaim => seen.Where(r => r.State == RequestState.Offered && r.Offers.Any(o => o.EndedAt == null && handling.Contains(o.OrganisationId))),
            QueueKind.Helping => seen.Where(r => (r.State == RequestState.InHand || r.State == RequestState.Paused)
                && (r.CoHandlers.Any(c => handling.Contains(c.OrganisationId)) || r.Tasks.Any(t => t.DoneAt == null && handling.Contains(t.OrganisationId)))),
            QueueKind.Arbitration => seen.Where(r => r.State == RequestState.InArbitration).Where(RequestAccess.InAreas(actor, Role.Supervisor)),
            QueueKind.ExtensionsAsked => seen.Where(r => r.State == RequestState.InHand && r.Extensions.Any(e => e.DecidedAt == null)).Where(RequestAccess.InAreas(actor, Role.Supervisor)),
            QueueKind.ToVerify => seen.Where(r => r.State == RequestState.Resolved && r.NeedsVerification).Where(RequestAccess.InAreas(actor, Role.Verifier)),
            QueueKind.Overdue => seen.Where(r => r.Clocks.Any(c => c.State == ClockState.Running && c.DueAt <= now)),
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
            requests = requests.Where(r => r.Clocks.Any(c => c.State == ClockState.Running && c.DueAt <= now));
        }

        return requests.Matching(filter.Words);
    }
}
