using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Shell.Background;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Track;

/// <summary>After somebody deleted their account nothing says any more which requests were theirs.</summary>
internal sealed class UnlinkResident(LinliDb db) : IEventHandler<ResidentDeleted>
{
    public Task HandleAsync(ResidentDeleted happened, Delivery delivery, CancellationToken cancellation) =>
        db.Set<ServiceRequest>().Where(r => r.ReportedByAccount == happened.ResidentId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReportedByAccount, (Guid?)null), cancellation);
}
