using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Photos;

/// <summary>Puts uploaded files to the step that brought them.</summary>
internal sealed class PhotoShelf(LinliDb db)
{
    public const int MostAtOnce = 9;

    /// <summary>Claims the files for the step just taken; refuses unknown, foreign and used ones.</summary>
    public Task<Failure?> AttachAsync(StepScene scene, IReadOnlyList<Guid>? files, CancellationToken cancellation) =>
        AttachAsync(scene.Request, scene.Taken!, scene.Caller, files, scene.Parties.HasFlag(Party.Reporter), cancellation);

    public async Task<Failure?> AttachAsync(
        ServiceRequest request, RequestEvent taken, Caller caller, IReadOnlyList<Guid>? files, bool isFromReporter, CancellationToken cancellation)
    {
        var ids = (files ?? []).Distinct().ToList();
        if (ids.Count == 0)
        {
            return null;
        }

        if (ids.Count > MostAtOnce)
        {
            return new Failure.Invalid("photos", "一次最多添加 {0} 张照片，现在是 {1} 张。", MostAtOnce, ids.Count);
        }

        var claimed = await db.ClaimEvidenceAsync(ids, caller.Actor, taken.At, cancellation: cancellation);
        if (!claimed.Succeeded)
        {
            return claimed.Failure;
        }

        request.Photos.AddRange(claimed.Value.Select(f => new RequestPhoto { RequestId = request.Id, EvidenceId = f.Id, EventSequence = taken.Sequence, IsFromReporter = isFromReporter }));
        return null;
    }
}
