using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Life;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Steps;

/// <summary>四眼: what one person did is checked or decided by another, also after a change of post.</summary>
internal sealed class FourEyes(LinliDb db)
{
    /// <summary>Refuses whoever took one of these steps on the request, or belongs to the organisation that took one of <paramref name="byOrganisation"/>.</summary>
    public async Task<Failure?> RefuseAsync(ServiceRequest request, Actor actor, IReadOnlyList<Step> steps, IReadOnlyList<Step> byOrganisation, CancellationToken cancellation)
    {
        var own = actor.Posts.Select(p => p.OrganisationId).Where(o => o is not null).ToList();
        return await db.Set<RequestEvent>().AnyAsync(e => e.RequestId == request.Id
                && ((steps.Contains(e.Step) && e.ActorId == actor.Id) || (byOrganisation.Contains(e.Step) && own.Contains(e.OrganisationId))), cancellation)
            ? new Failure.Conflict("four_eyes_step", "这一步要由没有经办过诉求 {0} 的人来做。请交给另一位同事。", request.Number)
            : null;
    }
}
