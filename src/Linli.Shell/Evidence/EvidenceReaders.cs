using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Evidence;

/// <summary>Asks everybody who uses evidence whether this call may have a file.</summary>
internal sealed class EvidenceReaders(CurrentActor actor, IEnumerable<IEvidenceAccess> modules)
{
    /// <summary>
    /// What no record uses yet is seen by the member of staff who sent it alone, and so is what waits for the scanner; what is infected by nobody.
    /// </summary>
    public async Task<EvidenceAudience> AudienceAsync(EvidenceFile file, HttpContext call, CancellationToken cancellation)
    {
        if (file.Scan == ScanState.Infected)
        {
            return EvidenceAudience.Nobody;
        }

        if (file.ClaimedAt is null || !file.IsFitToShow)
        {
            return IsSender(file, actor.Value) ? EvidenceAudience.Reader : EvidenceAudience.Nobody;
        }

        var widest = EvidenceAudience.Nobody;
        foreach (var module in modules)
        {
            var answer = await module.AudienceAsync(file, call, cancellation);
            widest = answer > widest ? answer : widest;
        }

        return widest;
    }

    private static bool IsSender(EvidenceFile file, Actor reader) => reader.IsStaff && file.UploadedByKind == reader.Kind && file.UploadedById == reader.Id;
}
