using System.Linq.Expressions;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Life;

namespace Linli.Requests.Access;

/// <summary>Who calls, and which requests they have shown to be their own (by secret code).</summary>
public sealed record Caller(Actor Actor, IReadOnlySet<Guid> ReportsOf)
{
    public Caller(Actor actor) : this(actor, new HashSet<Guid>())
    {
    }

    public static Caller Time { get; } = new(Actor.System);
}

/// <summary>What a caller is to a request, and which requests a caller may see. One place for pages, API, lists, counts and streams.</summary>
internal static class RequestAccess
{
    private static readonly Func<ServiceRequest, bool> IsForAll = ForAll(true).Compile();

    private const Party Seeing = Party.Reporter | Party.Dispatcher | Party.Lead | Party.CoHandler | Party.Invitee | Party.Supervisor
        | Party.Verifier | Party.Time | Party.GridWorker | Party.Auditor;

    public static Party PartiesOf(Caller caller, ServiceRequest request)
    {
        var actor = caller.Actor;
        if (actor.Kind == ActorKind.System)
        {
            return Party.Time;
        }

        var parties = Party.Anyone;
        if (caller.ReportsOf.Contains(request.Id) || (actor.Kind == ActorKind.Resident && actor.Id != Guid.Empty && actor.Id == request.ReportedByAccount))
        {
            parties |= Party.Reporter;
        }

        // 回避: those whom a request is about do not even learn that it exists.
        if (!actor.IsStaff || request.Concern.Includes(actor))
        {
            return parties;
        }

        var matter = request.Matter;
        parties |= When(actor.Covers(Role.Dispatcher, matter), Party.Dispatcher)
            | When(actor.Covers(Role.Supervisor, matter), Party.Supervisor)
            | When(actor.Covers(Role.Auditor, matter) || actor.Covers(Role.Verifier, matter), Party.Auditor);
        var handles = Handles(actor, request.LeadOrganisationId, matter);
        var helps = request.CoHandlers.Any(c => Handles(actor, c.OrganisationId, matter)) || request.Tasks.Any(t => Handles(actor, t.OrganisationId, matter));
        parties |= When(handles, Party.Lead) | When(helps, Party.CoHandler)
            | When(request.Offers.Any(o => o.EndedAt is null && Handles(actor, o.OrganisationId, matter)), Party.Invitee);
        if (!IsOfAHandler(actor, request))
        {
            parties |= When(actor.Covers(Role.Verifier, matter), Party.Verifier);
        }

        if (request.Visibility != Visibility.Private || request.ReportedByAccount == actor.Id)
        {
            parties |= When(actor.Covers(Role.GridWorker, matter) || request.ReportedByAccount == actor.Id, Party.GridWorker);
        }

        return parties;
    }

    public static bool CanSee(Caller caller, ServiceRequest request) => (PartiesOf(caller, request) & Seeing) != 0;

    /// <summary>Sees it for no other reason than that it is offered.</summary>
    public static bool IsOnlyInvited(Party parties) => (parties & Seeing) == Party.Invitee;

    public static IEnumerable<Step> StepsOf(Caller caller, ServiceRequest request) =>
        RequestLife.StepsFor(request.State, PartiesOf(caller, request)).Where(s => s switch
        {
            Step.GrantExtension or Step.RefuseExtension => request.TimeRequests.Any(a => a.DecidedAt is null && a.Kind == TimeRequestKind.Extension),
            Step.GrantPause or Step.RefusePause => request.TimeRequests.Any(a => a.DecidedAt is null && a.Kind == TimeRequestKind.Pause),
            Step.AddTask => request.CoHandlers.Count > 0,
            Step.Readmit => request.Recused is not null,
            Step.FinishTask => request.Tasks.Any(t => t.DoneAt is null && (Handles(caller.Actor, t.OrganisationId, request.Matter) || Handles(caller.Actor, request.LeadOrganisationId, request.Matter))),
            Step.Unpublish => request is { IsPublished: true, Visibility: not Visibility.Private },
            Step.Publish => request is { IsPublished: false, Visibility: not Visibility.Private, AboutOrganisationId: null, AboutPerson: null },
            _ => true,
        });

    /// <summary>The requests that a member of staff may see, as a query; the same rule as <see cref="CanSee"/>, held equal by a test.</summary>
    public static IQueryable<ServiceRequest> VisibleTo(this IQueryable<ServiceRequest> requests, Actor actor)
    {
        if (!actor.IsStaff)
        {
            return requests.Where(_ => false);
        }

        return requests.Where(Visible(actor)).OutOf(actor);
    }

    /// <summary>
    /// The requests that a member of staff may count: also those of the area that the post of a statistician or an administrator is for. For totals alone; not one
    /// of them is shown, and those that the actor is out of are not counted.
    /// </summary>
    public static IQueryable<ServiceRequest> CountedFor(this IQueryable<ServiceRequest> requests, Actor actor) =>
        actor.IsStaff ? requests.Where(Or([Visible(actor), InAreas(actor, Counting)])).OutOf(actor) : requests.Where(_ => false);

    private static readonly Role[] Counting = [Role.Statistician, Role.Administrator];

    /// <summary>Counts what it does not see.</summary>
    public static bool CountsMore(Actor actor) => Counting.Any(actor.Is) && !SeesEverything(actor);

    /// <summary>Holds no post that any request is shown to.</summary>
    public static bool CountsAlone(Actor actor) => actor.Posts.Count > 0 && actor.Posts.All(p => Counting.Contains(p.Role));

    public static bool CountsEverything(Actor actor) => SeesEverything(actor) || actor.Posts.Any(p => Counting.Contains(p.Role) && p is { IsJurisdictionWide: true, Groups: null, SeesSensitive: true });

    private static Expression<Func<ServiceRequest, bool>> Visible(Actor actor) => Or(
        [
            InAreas(actor, Role.Dispatcher, Role.Supervisor, Role.Verifier, Role.Auditor),
            And(r => r.Visibility != Visibility.Private, InAreas(actor, Role.GridWorker)),
            r => r.ReportedByAccount == actor.Id,
            .. Reaches(actor).Select(reach => And(reach.Filter, HandledBy(reach.Organisations))),
        ]);

    /// <summary>回避: nothing that is about the actor, or that the actor is out of.</summary>
    private static IQueryable<ServiceRequest> OutOf(this IQueryable<ServiceRequest> requests, Actor actor)
    {
        var mine = actor.OwnOrganisations.Cast<Guid?>().ToList();
        var (id, names) = ($"{actor.Id}", actor.NameIndexes.Cast<string?>().ToList());
        return requests
            .Where(r => r.AboutOrganisationId == null || !mine.Contains(r.AboutOrganisationId))
            .Where(r => r.AboutPersonIndex == null || !names.Contains(r.AboutPersonIndex))
            .Where(r => r.Recused == null || !r.Recused.Contains(id));
    }

    /// <summary>Whether a post reaches all requests of the jurisdiction; those that the actor is out of (回避) are not counted.</summary>
    public static bool SeesEverything(Actor actor) => actor.Posts.Any(p =>
        p is { Role: Role.Dispatcher or Role.Supervisor or Role.Verifier or Role.Auditor, IsJurisdictionWide: true, Groups: null, SeesSensitive: true });

    /// <summary>The organisations that the actor handles for, by what the posts allow besides: most actors have one such set.</summary>
    private static IEnumerable<(Expression<Func<ServiceRequest, bool>> Filter, List<Guid> Organisations)> Reaches(Actor actor) => actor.Posts
        .Where(p => p.Role is Role.Handler or Role.GridWorker)
        .GroupBy(p => (p.SeesSensitive, Groups: p.Groups is null ? null : string.Join(' ', p.Groups)))
        .Select(same => (IsFor(same.First()), same.SelectMany(p => p.Organisations).Distinct().ToList()));

    private static Expression<Func<ServiceRequest, bool>> HandledBy(List<Guid> handling) => r =>
        (r.LeadOrganisationId != null && handling.Contains(r.LeadOrganisationId.Value))
        || r.CoHandlers.Any(c => handling.Contains(c.OrganisationId))
        || r.Tasks.Any(t => handling.Contains(t.OrganisationId))
        || r.Offers.Any(o => o.EndedAt == null && handling.Contains(o.OrganisationId));

    /// <summary><see cref="Post.IsFor"/> as a filter.</summary>
    private static Expression<Func<ServiceRequest, bool>> IsFor(Post post)
    {
        var groups = post.Groups;
        return (post.SeesSensitive, groups) switch
        {
            (true, null) => r => true,
            (false, null) => r => !r.IsSensitive,
            (true, _) => r => r.GroupCode != null && groups.Contains(r.GroupCode),
            (false, _) => r => !r.IsSensitive && r.GroupCode != null && groups.Contains(r.GroupCode),
        };
    }

    /// <summary>What everybody may see: published, of a public kind.</summary>
    public static IQueryable<ServiceRequest> VisibleToAll(this IQueryable<ServiceRequest> requests) => requests.Where(ForAll(true));

    /// <param name="yes">True. As a parameter, because SQLite finds nothing by an index for a bare column: a list of 50 took a quarter of a second.</param>
    private static Expression<Func<ServiceRequest, bool>> ForAll(bool yes) =>
        r => r.IsPublished == yes && r.Visibility != Visibility.Private && r.State != RequestState.Withdrawn;

    /// <summary>The same of one that is at hand.</summary>
    public static bool IsVisibleToAll(ServiceRequest request) => IsForAll(request);

    /// <summary>For whoever is no member of staff: what everybody may see, and what they have shown to be theirs. For staff nothing is left out; <see cref="CanSee"/> decides.</summary>
    public static IQueryable<ServiceRequest> OpenTo(this IQueryable<ServiceRequest> requests, Caller caller)
    {
        if (caller.Actor.Kind != ActorKind.Resident)
        {
            return requests;
        }

        var (own, account) = (caller.ReportsOf.ToList(), caller.Actor.Id == Guid.Empty ? (Guid?)null : caller.Actor.Id);
        return requests.Where(r => own.Contains(r.Id) || (account != null && r.ReportedByAccount == account)
            || (r.IsPublished && r.Visibility != Visibility.Private && r.State != RequestState.Withdrawn));
    }

    /// <summary>What the actor reaches by posts with one of the roles, as a filter over requests.</summary>
    public static Expression<Func<ServiceRequest, bool>> InAreas(Actor actor, params Role[] roles) => Or(
    [
        .. actor.Posts.Where(p => roles.Contains(p.Role)).DistinctBy(p => (p.AreaCode, p.SeesSensitive, p.Groups is null ? null : string.Join(' ', p.Groups)))
            .Select(p => p.IsJurisdictionWide ? IsFor(p) : And(IsFor(p), IsOver(p.AreaCode))),
    ]);

    private static Expression<Func<ServiceRequest, bool>> IsOver(string area) => r => r.AreaCode != null && r.AreaCode.StartsWith(area);

    /// <summary>The organisations that the actor handles for.</summary>
    public static List<Guid> HandlingOrganisations(Actor actor) => [.. actor.Posts.Where(p => p.Role is Role.Handler or Role.GridWorker).SelectMany(p => p.Organisations).Distinct()];

    public static bool Handles(Actor actor, Guid? organisationId, Matter matter) =>
        actor.Serves(Role.Handler, organisationId, matter) || actor.Serves(Role.GridWorker, organisationId, matter);

    /// <summary>Belongs to an organisation that handles it, to one below it or to one above it.</summary>
    private static bool IsOfAHandler(Actor actor, ServiceRequest request) =>
        actor.Organisations.Concat(actor.OwnOrganisations).Any(o =>
            o == request.LeadOrganisationId || request.CoHandlers.Any(c => c.OrganisationId == o) || request.Tasks.Any(t => t.OrganisationId == o));

    private static Party When(bool condition, Party party) => condition ? party : Party.None;

    private static Expression<Func<ServiceRequest, bool>> And(Expression<Func<ServiceRequest, bool>> a, Expression<Func<ServiceRequest, bool>> b)
    {
        var r = a.Parameters[0];
        return Expression.Lambda<Func<ServiceRequest, bool>>(Expression.AndAlso(a.Body, Renamed(b, r)), r);
    }

    private static Expression<Func<ServiceRequest, bool>> Or(IReadOnlyList<Expression<Func<ServiceRequest, bool>>> parts)
    {
        if (parts.Count == 0)
        {
            return r => false;
        }

        var r = parts[0].Parameters[0];
        return Expression.Lambda<Func<ServiceRequest, bool>>(parts.Select(p => Renamed(p, r)).Aggregate(Expression.OrElse), r);
    }

    private static Expression Renamed(Expression<Func<ServiceRequest, bool>> part, ParameterExpression to) => new Rename(part.Parameters[0], to).Visit(part.Body);

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
