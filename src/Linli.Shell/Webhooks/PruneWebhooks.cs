using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Webhooks;

/// <summary>Forgets what was delivered a month ago, and what nobody has repeated for three.</summary>
public sealed class PruneWebhooks(LinliDb db, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan DeadKept = TimeSpan.FromDays(90);

    public async Task<int> HandleAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (delivered, dead) = (now - Kept, now - DeadKept);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await db.Set<WebhookDelivery>().Where(d => d.DoneAt < (d.State == DeliveryState.Delivered ? delivered : dead)).ExecuteDeleteAsync(cancellation);
        if (count > 0)
        {
            await db.CommitAsync(Act.BySystem("shell.prune-webhooks", now, $"{count}"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return count;
    }
}
