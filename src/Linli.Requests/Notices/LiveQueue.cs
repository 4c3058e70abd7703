using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell.Live;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>Tells open workbenches that a queue of theirs has changed.</summary>
internal sealed class LiveQueue(LinliDb db) : ILiveSource<RequestStepTaken>
{
    public async Task<(LiveNews News, LiveAudience Audience)?> DescribeAsync(RequestStepTaken happened, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Id == happened.RequestId)
            .Select(r => new { r.AreaCode, r.GroupCode, r.IsSensitive, r.LeadOrganisationId, r.AboutOrganisationId, r.AboutPersonIndex, r.Recused, Invited = r.Offers.Where(o => o.EndedAt == null).Select(o => o.OrganisationId).ToList() })
            .SingleOrDefaultAsync(cancellation);
        if (request is null)
        {
            return null;
        }

        List<Guid> organisations = [.. request.Invited];
        if (request.LeadOrganisationId is { } lead)
        {
            organisations.Add(lead);
        }

        var concern = new Concern(request.AboutOrganisationId, request.AboutPersonIndex, request.Recused);
        return (new LiveNews("queue", happened.Number, happened.At), new LiveAudience(
            null, organisations, new Matter(request.AreaCode, request.GroupCode, request.IsSensitive), [Role.Dispatcher, Role.Supervisor, Role.Verifier],
            concern.IsNobody ? null : concern.Includes));
    }
}
