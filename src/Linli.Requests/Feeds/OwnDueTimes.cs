using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Shell.Feeds;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Feeds;

/// <summary>Due times of what waits for somebody now: the same queues as their workbench, without sensitive matters and complaints about somebody.</summary>
internal sealed class OwnDueTimes(LinliDb db, QueueQuery queues, Texts texts) : ICalendarSource
{
    private const int Most = 300;
    private static readonly QueueKind[] Work = [QueueKind.Triage, QueueKind.ToSign, QueueKind.InHand, QueueKind.Helping, QueueKind.Arbitration, QueueKind.ToVerify];

    public async Task<IReadOnlyList<CalendarEntry>> OfAsync(Actor actor, CancellationToken cancellation)
    {
        var found = new List<CalendarEntry>();
        foreach (var queue in QueueQuery.QueuesOf(actor).Where(Work.Contains))
        {
            var rows = await (from r in QueueQuery.ByDueTime(queues.In(queue, actor)).Where(r => !r.IsSensitive && r.AboutOrganisationId == null && r.AboutPersonIndex == null).Take(Most)
                              join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                              select new { r.Number, r.State, r.NextDueAt, r.UpdatedAt, t.NameZh, t.NameEn }).ToListAsync(cancellation);
            found.AddRange(rows.Select(r => new CalendarEntry(
                $"request-{r.Number}", texts["{0} {1}（{2}）到期", r.Number, Texts.Pick(r.NameZh, r.NameEn), LifeTexts.Of(r.State)], r.NextDueAt!.Value, null, $"/work/requests/{r.Number}", r.UpdatedAt)));
        }

        return [.. found.DistinctBy(e => e.Id).OrderBy(e => e.From).ThenBy(e => e.Id, StringComparer.Ordinal)];
    }
}
