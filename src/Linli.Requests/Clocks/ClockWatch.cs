using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Track;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>
/// Looks at the clocks: takes time's own steps where one ran out, and tells once when one is at three quarters or past its end.
/// Safe with several instances and after any pause: a step or mark that somebody else was faster with is simply skipped.
/// </summary>
internal sealed class ClockWatch(LinliDb db, TimeProvider time, RecallOffer expire, LapseRequest lapse, ResumeRequest resume)
{
    private const int Batch = 200;

    /// <summary>So many clocks are told together: an import of a whole year is one notice a person, and the transaction still short.</summary>
    private const int MostAtOnce = 5_000;

    /// <summary>One round; how many clocks it dealt with.</summary>
    public async Task<int> LookAsync(CancellationToken cancellation) =>
        await RunOutAsync(cancellation) + await TellAsync(isBreach: true, cancellation) + await TellAsync(isBreach: false, cancellation);

    private async Task<int> RunOutAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var over = await db.RunOut(now).AsNoTracking().Take(Batch)
            .Join(db.Set<ServiceRequest>(), c => c.RequestId, r => r.Id, (c, r) => new { c.Kind, r.Number })
            .ToListAsync(cancellation);
        var done = 0;
        foreach (var clock in over)
        {
            db.ChangeTracker.Clear();
            var outcome = ClockRules.RunsOutInto[clock.Kind] switch
            {
                Step.Expire => await expire.RunAsync(clock.Number, new(null), Caller.Time, cancellation),
                Step.Resume => await resume.RunAsync(clock.Number, new(null, null), Caller.Time, cancellation),
                _ => await lapse.RunAsync(clock.Number, cancellation),
            };
            done += outcome.Succeeded ? 1 : 0;
        }

        return done;
    }

    /// <summary>
    /// The marks, the act and the event are one transaction, on rows that are locked: whatever crashes or runs beside it, a clock is told once.
    /// What somebody else holds is left to them, or to the next look.
    /// </summary>
    private async Task<int> TellAsync(bool isBreach, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = isBreach ? db.Breached(now) : db.Approaching(now);
        if (!await due.AnyAsync(cancellation))
        {
            return 0;   // nearly always, and without a lock
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var clocks = await db.Dialect.Lock(due.Take(MostAtOnce)).ToListAsync(cancellation);
        if (clocks.Count == 0)
        {
            return 0;   // another instance was faster
        }

        foreach (var clock in clocks)
        {
            (clock.WarnedAt, clock.BreachedAt) = (clock.WarnedAt ?? now, isBreach ? now : null);
        }

        db.Publish(new ClocksRanDown(isBreach, [.. clocks.Select(c => new ClockRunDown(c.RequestId, c.Id, c.Kind.ToString(), c.DueAt))]));
        await db.CommitAsync(Act.BySystem(isBreach ? "requests.clocks-breached" : "requests.clocks-warned", now, $"{clocks.Count}"), cancellation);
        await transaction.CommitAsync(cancellation);
        return clocks.Count;
    }
}
