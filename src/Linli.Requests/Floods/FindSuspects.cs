using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Twins;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Floods;

/// <param name="Requests">How many.</param>
/// <param name="SameDevice">How many of them came from a device that sent many.</param>
/// <param name="SameNeighbourhood">How many came from a neighbourhood of addresses that sent many.</param>
/// <param name="SameWords">How many say nearly the same as another.</param>
/// <param name="Behind">The requests, the oldest first.</param>
public sealed record SuspectBatch(int Requests, int SameDevice, int SameNeighbourhood, int SameWords, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<SuspectRequest> Behind);

/// <param name="Beginning">The first characters of the text.</param>
public sealed record SuspectRequest(string Number, string Title, string Beginning, DateTimeOffset ReportedAt);

/// <param name="Looked">How many requests were looked at: of the last day, not yet dispatched, that the caller may decline.</param>
public sealed record SuspectBatches(IReadOnlyList<SuspectBatch> Batches, int Looked);

/// <summary>疑似批量提交: what a dispatcher may decline and what looks as if it were not many people.</summary>
internal sealed class FindSuspects(LinliDb db, TimeProvider time)
{
    /// <summary>The newest; in a larger flood the dispatcher comes back for the rest.</summary>
    private const int MostLooked = 2_000;

    /// <summary>As many as one press of the button may decline.</summary>
    private const int MostBehind = DeclineBatch.Most;
    private const int Beginning = 120;
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public async Task<SuspectBatches> RunAsync(Actor actor, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Back;
        var rows = await (from r in db.Set<ServiceRequest>().AsNoTracking().VisibleTo(actor).Where(RequestAccess.InAreas(actor, Role.Dispatcher))
                          where r.State == RequestState.Reported && r.ReportedAt >= since && (r.Channel == Channel.Web || r.Channel == Channel.Api || r.Channel == Channel.Mail || r.Channel == Channel.Chat)
                          join o in db.Set<ReportOrigin>() on r.Id equals o.RequestId into origins
                          from o in origins.DefaultIfEmpty()
                          orderby r.ReportedAt descending, r.Id
                          select new { r.Number, r.Title, r.Text, r.ReportedAt, Neighbourhood = o == null ? null : o.Neighbourhood, Device = o == null ? null : (Guid?)o.Device })
            .Take(MostLooked).ToListAsync(cancellation);
        rows.Reverse();
        var arrivals = rows.ConvertAll(r => new Arrival(r.ReportedAt, r.Neighbourhood, r.Device, TwinKeeper.TextOf(r.Title, r.Text)));
        var runs = await Task.Run(() => SuspectRuns.Find(arrivals), cancellation);
        return new SuspectBatches(
        [
            .. runs.Select(run => new SuspectBatch(run.Members.Count, run.SameDevice, run.SameNeighbourhood, run.SameWords, rows[run.Members[0]].ReportedAt, rows[run.Members[^1]].ReportedAt,
                [.. run.Members.Take(MostBehind).Select(i => new SuspectRequest(rows[i].Number, rows[i].Title, Steps.Check.Short(rows[i].Text, Beginning), rows[i].ReportedAt))])),
        ], rows.Count);
    }
}
