using Linli.Kernel;
using Linli.Requests.Owners;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Dispatch;

/// <summary>Proposes who is responsible for a request now, and says why.</summary>
internal sealed class ProposeOrganisation(LinliDb db, TimeProvider time, ResponsibleOrganisation responsible)
{
    public async Task<ResponsibilityProposal> RunAsync(string number, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Number == number)
            .Select(r => new { r.ServiceTypeCode, r.AreaCode, r.AboutOrganisationId, r.Title, r.Text, r.Address, r.Answers }).SingleAsync(cancellation);
        return await responsible.FindAsync(
            new OwnerQuestion(request.ServiceTypeCode, request.AreaCode, time.GetUtcNow(), request.AboutOrganisationId, string.Join('\n', request.Title, request.Text, request.Address, request.Answers)), cancellation);
    }
}
