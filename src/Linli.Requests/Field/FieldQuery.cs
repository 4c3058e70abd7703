using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Requests.Read;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Field;

/// <summary>One matter on the hand-held view.</summary>
/// <param name="TaskIsOurs">A child task of it is open and ours to do.</param>
public sealed record FieldLine(
    string Number, string Title, string ServiceType, RequestState State, string? Area, string? Address, double? Longitude, double? Latitude,
    ClockFace? Time, Urgency Urgency, bool IsLead, bool TaskIsOurs, int Version);

/// <summary>What somebody on the way has in hand, and what is going on around.</summary>
internal sealed class FieldQuery(LinliDb db, AreaNames areas, QueueQuery queues)
{
    private const int MostInHand = 40;
    private const int MostAround = 20;
    private static readonly RequestState[] AtWork = [RequestState.Dispatched, RequestState.Offered, RequestState.InHand];

    /// <summary>To sign, to claim, in hand, or with a child task for us; the most urgent first.</summary>
    public Task<IReadOnlyList<FieldLine>> InHandAsync(Actor actor, CancellationToken cancellation)
    {
        var ours = RequestAccess.HandlingOrganisations(actor);
        return ReadAsync(actor, r => AtWork.Contains(r.State) && (
            (r.LeadOrganisationId != null && ours.Contains(r.LeadOrganisationId.Value))
            || r.Tasks.Any(t => t.DoneAt == null && ours.Contains(t.OrganisationId))
            || r.Offers.Any(o => o.EndedAt == null && ours.Contains(o.OrganisationId))), ours, MostInHand, cancellation);
    }

    /// <summary>In hand with others, in the areas that the actor walks: a grid worker may add what there is to see.</summary>
    public async Task<IReadOnlyList<FieldLine>> AroundAsync(Actor actor, CancellationToken cancellation)
    {
        var ours = RequestAccess.HandlingOrganisations(actor);
        var walked = actor.Posts.Where(p => p.Role == Role.GridWorker).Select(p => p.AreaCode).Distinct().ToList();
        var found = new List<FieldLine>();
        foreach (var area in walked)
        {
            found.AddRange(await ReadAsync(actor, r => AtWork.Contains(r.State) && r.AreaCode != null && r.AreaCode.StartsWith(area)
                && (r.LeadOrganisationId == null || !ours.Contains(r.LeadOrganisationId.Value)), ours, MostAround, cancellation));
        }

        return [.. found.DistinctBy(l => l.Number)];
    }

    private async Task<IReadOnlyList<FieldLine>> ReadAsync(
        Actor actor, System.Linq.Expressions.Expression<Func<ServiceRequest, bool>> which, List<Guid> ours, int most, CancellationToken cancellation)
    {
        var rows = await (from r in db.Set<ServiceRequest>().AsNoTracking().VisibleTo(actor).Where(which)
                              .OrderBy(r => r.NextDueAt == null).ThenBy(r => r.NextDueAt).ThenBy(r => r.Id).Take(most)
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          select new
                          {
                              r.Id, r.Number, r.Title, r.State, r.AreaCode, r.Address, r.Longitude, r.Latitude, r.NextDueAt, r.Version, t.NameZh, t.NameEn, t.Urgency,
                              IsLead = r.LeadOrganisationId != null && ours.Contains(r.LeadOrganisationId.Value),
                              TaskIsOurs = r.Tasks.Any(x => x.DoneAt == null && ours.Contains(x.OrganisationId)),
                          }).ToListAsync(cancellation);
        var names = await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation);
        var faces = await queues.FacesAsync([.. rows.Select(r => r.Id)], cancellation);
        return
        [
            .. rows.OrderBy(r => r.NextDueAt ?? DateTimeOffset.MaxValue).Select(r => new FieldLine(
                r.Number, r.Title, Texts.Pick(r.NameZh, r.NameEn), r.State, r.AreaCode is { } code ? names.GetValueOrDefault(code) : null, r.Address,
                r.Longitude, r.Latitude, faces.GetValueOrDefault(r.Id), r.Urgency, r.IsLead, r.TaskIsOurs, r.Version)),
        ];
    }
}
