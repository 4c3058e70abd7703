using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Shell.Accounts;
using Linli.Shell.Evidence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Photos;

/// <summary>
/// Who may see a photo of a request: everybody, when the request is published and the photo shows the matter or its result;
/// the reporter, unless it belongs to words among staff; staff who see the request.
/// </summary>
internal sealed class PhotoAccess(LinliDb db, CurrentActor actor, TrackingCookie mine) : IEvidenceAccess
{
    public async Task<EvidenceAudience> AudienceAsync(EvidenceFile file, HttpContext reader, CancellationToken cancellation)
    {
        var uses = await (
            from photo in db.Set<RequestPhoto>()
            join taken in db.Set<RequestEvent>() on new { photo.RequestId, Sequence = photo.EventSequence } equals new { taken.RequestId, taken.Sequence }
            where photo.EvidenceId == file.Id
            select new
            {
                photo.RequestId,
                IsPublic = (photo.IsFromReporter || taken.Step == Step.Resolve) && db.Set<ServiceRequest>().VisibleToAll().Any(r => r.Id == photo.RequestId),
                IsForReporter = photo.IsFromReporter || taken.Step == Step.Resolve || taken.Text != null,
            }).AsNoTracking().ToListAsync(cancellation);
        if (uses.Count == 0)
        {
            return EvidenceAudience.Nobody;
        }

        if (uses.Any(u => u.IsPublic))
        {
            return EvidenceAudience.Everybody;
        }

        var reported = mine.Read();
        return uses.Any(u => u.IsForReporter && reported.Contains(u.RequestId)) || await StaffSeesAsync([.. uses.Select(u => u.RequestId)], cancellation)
            ? EvidenceAudience.Reader
            : EvidenceAudience.Nobody;
    }

    private async Task<bool> StaffSeesAsync(List<Guid> requests, CancellationToken cancellation) =>
        actor.Value.IsStaff && await db.Set<ServiceRequest>().VisibleTo(actor.Value).AnyAsync(r => requests.Contains(r.Id), cancellation);
}
