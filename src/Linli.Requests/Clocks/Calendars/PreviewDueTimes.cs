using System.Globalization;
using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Shell.Accounts;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>Which open due times a change of calendars would move; what is about the reader's own organisation is counted and not named (回避).</summary>
internal sealed class PreviewDueTimes(LinliDb db, CurrentActor reader, Texts texts) : IPreviewDueTimes
{
    private const int Batch = 1_000;

    public async Task<DueMoves> PreviewAsync(CalendarDraft draft, int most, CancellationToken cancellation)
    {
        var codes = draft.Moved;
        var listed = new PriorityQueue<(RequestClock Clock, DateTimeOffset After), long>();
        var (total, open, requests) = (0, 0, new HashSet<Guid>());
        var last = Guid.Empty;
        while (codes.Count > 0)
        {
            var clocks = await db.Set<RequestClock>().AsNoTracking().Include(c => c.Entries)
                .Where(c => (c.State == ClockState.Running || c.State == ClockState.Paused) && codes.Contains(c.CalendarCode) && c.Id > last)
                .OrderBy(c => c.Id).Take(Batch).ToListAsync(cancellation);
            foreach (var clock in clocks)
            {
                open++;
                if (Timekeeper.LedgerOf(clock).DueOn(draft.After.Get(clock.CalendarCode)) is not { } after || after == clock.DueAt)
                {
                    continue;
                }

                total++;
                requests.Add(clock.RequestId);

                // Keeps the earliest: the latest of those kept goes when there are too many.
                listed.Enqueue((clock, after), -clock.DueAt.UtcTicks);
                if (listed.Count > most)
                {
                    listed.Dequeue();
                }
            }

            if (clocks.Count < Batch)
            {
                break;
            }

            last = clocks[^1].Id;
        }

        return new DueMoves(total, requests.Count, open, await ShowAsync([.. listed.UnorderedItems.Select(i => i.Element)], cancellation));
    }

    private async Task<List<DueMove>> ShowAsync(List<(RequestClock Clock, DateTimeOffset After)> moves, CancellationToken cancellation)
    {
        var (zh, en) = (CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en"));
        var shown = new List<DueMove>();
        foreach (var part in moves.OrderBy(m => m.Clock.DueAt).ThenBy(m => m.Clock.Id).Chunk(Batch))
        {
            var ids = part.Select(m => m.Clock.RequestId).Distinct().ToList();
            var numbers = await db.Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Number, r.AboutOrganisationId, r.AboutPersonIndex, r.Recused }).ToListAsync(cancellation);
            var known = numbers.Where(n => !new Concern(n.AboutOrganisationId, n.AboutPersonIndex, n.Recused).Includes(reader.Value)).ToDictionary(n => n.Id, n => n.Number);
            shown.AddRange(part.Where(m => known.ContainsKey(m.Clock.RequestId)).Select(m => new DueMove(
                known[m.Clock.RequestId], texts.In(zh, LifeTexts.Of(m.Clock.Kind).Key), texts.In(en, LifeTexts.Of(m.Clock.Kind).Key), m.Clock.DueAt, m.After.ToUniversalTime())));
        }

        return shown;
    }
}
