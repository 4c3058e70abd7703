using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Shell.Accounts;
using Linli.Shell.Evidence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Photos;

/// <summary>
/// Who may see a photo of a request: everybody, when the request is published and the photo shows the matter or its result;
/// the reporter, unless it came with words among staff; staff who see the request. Documents carry names and are never for everybody.
/// </summary>
internal sealed class PhotoAccess(LinliDb db, CurrentActor actor, TrackingCookie mine) : IEvidenceAccess
{
    /// <summary>Whether readers of this depth see the photos of a step; pages and files ask here alike.</summary>
    public static bool IsFor(Depth depth, RequestEvent taken) => depth switch
    {
        Depth.Public => taken.Step is Step.Report or Step.Resolve,
        Depth.Reporter => !ReadRequest.IsInternal(taken),
        _ => true,
    };

    public async Task<EvidenceAudience> AudienceAsync(EvidenceFile file, HttpContext reader, CancellationToken cancellation)
    {
        var uses = await (
            from photo in db.Set<RequestPhoto>()
            join taken in db.Set<RequestEvent>() on new { photo.RequestId, Sequence = photo.EventSequence } equals new { taken.RequestId, taken.Sequence }
            where photo.EvidenceId == file.Id
            select taken).AsNoTracking().ToListAsync(cancellation);
        var shown = uses.Where(u => IsFor(Depth.Public, u)).Select(u => u.RequestId).ToList();
        if (shown.Count > 0 && file.IsPhoto && await db.Set<ServiceRequest>().VisibleToAll().AnyAsync(r => shown.Contains(r.Id), cancellation))
        {
            return EvidenceAudience.Everybody;
        }

        var reported = mine.Read();
        List<Guid> forReporters = [.. uses.Where(u => IsFor(Depth.Reporter, u)).Select(u => u.RequestId)];
        return forReporters.Exists(reported.Contains) || await IsOfResidentAsync(forReporters, cancellation) || await StaffSeesAsync([.. uses.Select(u => u.RequestId)], cancellation)
            ? EvidenceAudience.Reader
            : EvidenceAudience.Nobody;
    }

    /// <summary>A resident with an account sees them on every device, as the page about the request does.</summary>
    private async Task<bool> IsOfResidentAsync(List<Guid> requests, CancellationToken cancellation) =>
        actor.Resident is { } resident && await db.Set<ServiceRequest>().AnyAsync(r => requests.Contains(r.Id) && r.ReportedByAccount == resident, cancellation);

    private async Task<bool> StaffSeesAsync(List<Guid> requests, CancellationToken cancellation) =>
        actor.Value.IsStaff && await db.Set<ServiceRequest>().VisibleTo(actor.Value).AnyAsync(r => requests.Contains(r.Id), cancellation);
}
