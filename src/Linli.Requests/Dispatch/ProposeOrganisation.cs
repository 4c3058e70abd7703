using Linli.Kernel;
using Linli.Requests.Owners;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Dispatch;

/// <summary>Proposes who is responsible for a request now, and says why.</summary>
internal sealed class ProposeOrganisation(LinliDb db, TimeProvider time, ResponsibleOrganisation responsible)
{
    public async Task<ResponsibilityProposal> RunAsync(string number, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Number == number, cancellation);
        return await responsible.FindAsync(OwnerQuestion.Of(request, time.GetUtcNow()), cancellation);
    }
}
