using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Shell.Background;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>
/// Reckons open clocks anew whose calendar counts otherwise than when their due time was derived: after a change, after an upgrade that brought
/// new holidays, after another instance went by an old calendar for a moment. Each clock carries the mark of its calendar, so the work is taken
/// up wherever it was left, in small transactions, by any instance. Closed clocks are never touched.
/// </summary>
internal sealed class ReckonAnew(LinliDb db, CalendarShelf shelf, TellOfMovedDues tell, TimeProvider time) : IEventHandler<CalendarChanged>
{
    private const int Batch = 200;
    private const int MostOvertaken = 20;

    /// <summary>Thousands of clocks do not fit into the one transaction of a delivery.</summary>
    public static bool ActsOutside => true;

    public Task HandleAsync(CalendarChanged happened, Delivery delivery, CancellationToken cancellation) => RunAsync(cancellation);

    /// <returns>How many due times moved.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var calendars = await shelf.TakeAsync(db, cancellation);
        var keeper = new Timekeeper(calendars);
        var (moved, overtaken) = (0, 0);
        foreach (var code in calendars.All.Codes)
        {
            var mark = calendars.Get(code).Mark;
            while (await BehindAsync(code, mark, overtaken == 0 ? Batch : 1, cancellation) is { Count: > 0 } requests)
            {
                if (await BatchAsync(keeper, requests, cancellation) is { } count)
                {
                    (moved, overtaken) = (moved + count, 0);
                }
                else if (++overtaken > MostOvertaken)
                {
                    throw new InvalidOperationException($"Clocks on {code} change faster than they can be reckoned anew.");
                }
            }
        }

        await tell.RunAsync(cancellation);
        return moved;
    }

    private Task<List<Guid>> BehindAsync(string code, string mark, int most, CancellationToken cancellation) =>
        db.Set<RequestClock>().AsNoTracking()
            .Where(c => (c.State == ClockState.Running || c.State == ClockState.Paused) && c.CalendarCode == code && c.CalendarMark != mark)
            .OrderBy(c => c.RequestId).Select(c => c.RequestId).Take(most).Distinct().ToListAsync(cancellation);

    /// <returns>Null when somebody took a step on one of them at the same instant: nothing is written, and it is tried again.</returns>
    private async Task<int?> BatchAsync(Timekeeper keeper, List<Guid> ids, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var requests = await db.Set<ServiceRequest>().Where(r => ids.Contains(r.Id))
            .Include(r => r.Clocks.Where(c => c.State == ClockState.Running || c.State == ClockState.Paused)).ThenInclude(c => c.Entries)
            .AsSplitQuery().ToListAsync(cancellation);
        var now = time.GetUtcNow().ToUniversalTime();
        var moves = requests.SelectMany(r => Moves(keeper, r, now)).ToList();
        db.AddRange(moves);
        try
        {
            await db.CommitAsync(Act.BySystem("requests.reckon-anew", now, requests.Count == 1 ? requests[0].Number : null), cancellation);
            return moves.Count;
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private static List<ClockMove> Moves(Timekeeper keeper, ServiceRequest request, DateTimeOffset now)
    {
        List<ClockMove> moves = [];
        foreach (var clock in request.Clocks)
        {
            var before = clock.DueAt;
            keeper.Derive(clock);
            if (clock.DueAt == before)
            {
                continue;
            }

            // A breach that is none any more can be told again when the new time runs out; what was only warned of is not told twice.
            var isWithdrawn = clock.BreachedAt is not null && clock.DueAt > now;
            moves.Add(new ClockMove
            {
                RequestId = request.Id, ClockId = clock.Id, At = now, Before = before, After = clock.DueAt, BreachWithdrawn = isWithdrawn ? clock.BreachedAt : null,
            });
            if (isWithdrawn)
            {
                (clock.BreachedAt, clock.WarnedAt) = (null, clock.WarnAt > now ? null : clock.WarnedAt);
            }
        }

        Timekeeper.Settle(request);
        request.ClockRevision += moves.Count > 0 ? 1 : 0;
        return moves;
    }
}
