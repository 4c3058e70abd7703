using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Dispatch;

/// <summary>Proposes who is responsible for a request: the most specific line of the table, never the organisation that it is about.</summary>
internal sealed class ProposeOrganisation(LinliDb db, TimeProvider time)
{
    public async Task<Guid?> RunAsync(string number, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Number == number, cancellation);
        var group = await db.Set<ServiceType>().Where(t => t.Code == request.ServiceTypeCode).Select(t => t.GroupCode).SingleAsync(cancellation);
        var today = DateOnly.FromDateTime(Shell.Text.LocalTime.Of(time.GetUtcNow()).Date);
        var lines = await db.Set<Responsibility>().AsNoTracking()
            .Where(l => (l.ServiceTypeCode == request.ServiceTypeCode || (l.ServiceTypeCode == null && l.GroupCode == group)) && !l.IsNightDuty)
            .Where(l => (l.From == null || l.From <= today) && (l.Until == null || l.Until >= today))
            .Where(l => l.OrganisationId != request.AboutOrganisationId && db.Set<Organisation>().Any(o => o.Id == l.OrganisationId && o.IsActive))
            .ToListAsync(cancellation);
        return lines.Where(l => (request.AreaCode ?? l.AreaCode).StartsWith(l.AreaCode, StringComparison.Ordinal) && (request.AreaCode is not null || l.AreaCode.Length <= 6))
            .OrderByDescending(l => l.ServiceTypeCode is not null).ThenByDescending(l => l.AreaCode.Length).ThenBy(l => l.Id).Select(l => (Guid?)l.OrganisationId).FirstOrDefault();
    }
}
