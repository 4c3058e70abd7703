using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Shell.Background;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>What is dispatched to an organisation that has a system of its own is handed over to it, where its type is one of those agreed. Sensitive matters never leave.</summary>
internal sealed class BeginHandover(LinliDb db) : IEventHandler<RequestStepTaken>
{
    private static readonly string[] Dispatching = [nameof(Step.Dispatch), nameof(Step.Decide), nameof(Step.Claim)];

    public async Task HandleAsync(RequestStepTaken happened, Delivery delivery, CancellationToken cancellation)
    {
        if (!Dispatching.Contains(happened.Step)
            || await db.Set<ServiceRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == happened.RequestId, cancellation) is not { LeadOrganisationId: { } lead, IsSensitive: false, AboutPersonIndex: null, AboutOrganisationId: null } request
            || await db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.OrganisationId == lead && p.IsActive, cancellation) is not { } partner
            || !partner.ServiceCodes.TryGetValue(request.ServiceTypeCode, out var code)
            || await db.Set<Handover>().AnyAsync(h => h.RequestId == request.Id && h.EventSequence == happened.Sequence, cancellation))
        {
            return;
        }

        var id = Guid.CreateVersion7();
        db.Add(new Handover
        {
            Id = id, RequestId = request.Id, PartnerId = partner.Id, EventSequence = happened.Sequence, ServiceCode = code, CreatedAt = happened.At, NextAt = happened.At,
            Mark = $"{request.Number}/{id.ToString("N")[^8..]}",
        });
    }
}
