using Linli.Kernel;
using Linli.Requests.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Dispatch;

/// <summary>Proposes who is responsible for a request, and says why; see <see cref="ResponsibleOrganisation"/> for the rule.</summary>
internal sealed class ProposeOrganisation(LinliDb db, TimeProvider time, ResponsibleOrganisation responsible)
{
    public async Task<Guid?> RunAsync(string number, CancellationToken cancellation) => (await ExplainAsync(number, cancellation)).Organisation?.Id;

    public async Task<ResponsibilityProposal> ExplainAsync(string number, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Number == number, cancellation);
        return await responsible.FindAsync(request.ServiceTypeCode, request.AreaCode, time.GetUtcNow(), request.AboutOrganisationId, cancellation);
    }
}
