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

    /// <summary>One round; how many clocks it dealt with.</summary>
    public async Task<int> LookAsync(CancellationToken cancellation) =>
        await RunOutAsync(cancellation) + await TellAsync(isBreach: true, cancellation) + await TellAsync(isBreach: false, cancellation);

    private async Task<int> RunOutAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var kinds = ClockRules.RunsOutInto.Keys.ToList();
        var over = await db.Set<RequestClock>().AsNoTracking()
            .Where(c => c.State == ClockState.Running && kinds.Contains(c.Kind) && c.DueAt <= now)
            .OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(Batch)
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

    private async Task<int> TellAsync(bool isBreach, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var silent = ClockRules.RunsOutInto.Keys.ToList();
        var clocks = db.Set<RequestClock>().Where(c => c.State == ClockState.Running && !silent.Contains(c.Kind));
        clocks = isBreach
            ? clocks.Where(c => c.BreachedAt == null && c.DueAt <= now).OrderBy(c => c.DueAt)
            : clocks.Where(c => c.WarnedAt == null && c.WarnAt <= now && c.DueAt > now).OrderBy(c => c.WarnAt);
        var ids = await clocks.Select(c => c.Id).Take(Batch).ToListAsync(cancellation);
        var told = 0;
        foreach (var id in ids)
        {
            db.ChangeTracker.Clear();
            told += await TellAsync(id, isBreach, now, cancellation) ? 1 : 0;
        }

        return told;
    }

    private async Task<bool> TellAsync(Guid id, bool isBreach, DateTimeOffset now, CancellationToken cancellation)
    {
        var clock = await db.Set<RequestClock>().SingleAsync(c => c.Id == id, cancellation);
        if (clock.State != ClockState.Running || (isBreach ? clock.BreachedAt : clock.WarnedAt) is not null)
        {
            return false;
        }

        var number = await db.Set<ServiceRequest>().Where(r => r.Id == clock.RequestId).Select(r => r.Number).SingleAsync(cancellation);
        (clock.WarnedAt, clock.BreachedAt) = (clock.WarnedAt ?? now.ToUniversalTime(), isBreach ? now.ToUniversalTime() : clock.BreachedAt);
        db.Publish(new ClockApproaching(clock.RequestId, number, clock.Id, clock.Kind.ToString(), isBreach, clock.DueAt));
        try
        {
            await db.CommitAsync(Act.BySystem(isBreach ? "requests.clock-breached" : "requests.clock-warned", now, number), cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;   // another instance has told it
        }
    }
}
