using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Inbox;

/// <summary>Takes notices off somebody's mind.</summary>
public sealed class MarkRead(LinliDb db, TimeProvider clock)
{
    /// <returns>Where the notice leads; null when it is nobody's or somebody else's.</returns>
    public async Task<Outcome<Notice>> OneAsync(Actor actor, long id, CancellationToken cancellation)
    {
        var notice = await db.Set<Notice>().SingleOrDefaultAsync(n => n.Id == id && n.AccountId == actor.Id, cancellation);
        if (notice is null)
        {
            return new Failure.NotFound("没有编号为 {0} 的消息。", id);
        }

        if (notice.ReadAt is null)
        {
            notice.ReadAt = clock.GetUtcNow();
            await db.CommitAsync(actor.Act("shell.read-notice", clock.GetUtcNow(), $"notice:{id}"), cancellation);
        }

        return notice;
    }

    /// <param name="actor">Whose inbox.</param>
    /// <param name="upTo">The newest notice that the reader has seen; what arrived since stays unread.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<int> AllAsync(Actor actor, long upTo, CancellationToken cancellation)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await db.Set<Notice>().Where(n => n.AccountId == actor.Id && n.ReadAt == null && n.Id <= upTo)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellation);
        if (count > 0)
        {
            await db.CommitAsync(actor.Act("shell.read-notices", clock.GetUtcNow(), $"{count} notices"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return count;
    }
}
