using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Audit;

/// <summary>How the chain stands.</summary>
/// <param name="Sealed">How many entries are in the chain.</param>
/// <param name="Lag">How long the oldest entry that is not in the chain has been waiting; null when none is.</param>
/// <param name="IsLate">Longer than it should be.</param>
/// <param name="KeyId">Of the key that signs.</param>
/// <param name="Checkpoint">The last one.</param>
public sealed record ChainState(long Sealed, DateTimeOffset? SealedAt, TimeSpan? Lag, bool IsLate, string? KeyId, AuditCheckpoint? Checkpoint);

/// <summary>Reads how the chain stands, from any instance.</summary>
public sealed class AuditState(LinliDb db, TimeProvider time, IOptions<AuditOptions> options)
{
    public async Task<ChainState> ReadAsync(CancellationToken cancellation)
    {
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new AuditHead();
        var oldest = await db.Set<AuditEntry>().Where(e => e.Id > head.SettledId && !db.Set<AuditLink>().Any(l => l.EntryId == e.Id))
            .OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellation);
        var last = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(c => c.Sequence).FirstOrDefaultAsync(cancellation);

        // An act may carry a time long before its commit (an import), so a chain that was sealed just now is not late.
        var now = time.GetUtcNow();
        TimeSpan? lag = oldest is { } at ? TimeSpan.FromTicks(Math.Max(0, (now - (at > head.At ? at : head.At)).Ticks)) : null;
        return new ChainState(
            head.Sequence, head.KeyId.Length > 0 ? head.At : null, lag, lag > options.Value.MostLag, head.KeyId.Length > 0 ? head.KeyId : null, last);
    }
}
