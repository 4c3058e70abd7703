using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Background;

/// <summary>Forgets messages that were delivered a month ago; what failed stays until it succeeds.</summary>
public sealed class PruneOutbox(LinliDb db, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<int> HandleAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var limit = now - Kept;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await db.Set<OutboxMessage>().Where(m => m.DoneAt < limit).ExecuteDeleteAsync(cancellation);
        if (count > 0)
        {
            await db.CommitAsync(Act.BySystem("outbox.prune", now, $"{count} messages"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return count;
    }
}
