using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Floods;

/// <summary>Writes down where a report came from, with the report; forgets it after two days.</summary>
internal sealed class KeepOrigins(LinliDb db, BlindIndex index, TrackingCookie cookie, IHttpContextAccessor http, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>Of a call from outside by somebody without an account; staff and imports are known by other means.</summary>
    public void Of(ServiceRequest request, Caller caller)
    {
        if (caller.Actor.Id == Guid.Empty && http.HttpContext is { } context)
        {
            db.AddNew(new ReportOrigin
            {
                RequestId = request.Id, At = request.ReportedAt, Neighbourhood = index.OfNeighbourhood(CallerAddress.BlockOf(context)),
                Device = cookie.Of(context) is { } device ? Guid.Parse(device) : request.Id,
            });
        }
    }

    public Task<int> PruneAsync(CancellationToken cancellation)
    {
        var old = time.GetUtcNow() - Kept;
        return db.Set<ReportOrigin>().Where(o => o.At < old).ExecuteDeleteAsync(cancellation);
    }
}
