using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Linli.Kernel.Audit;

/// <summary>
/// Lets sealing go on after somebody has looked: a backup was restored, the key was lost, or the log was tampered with. What is there is taken as it is;
/// that it was, and why, becomes an entry itself.
/// </summary>
public sealed class BeginAudit(LinliDb db, AuditKeys keys, HeadFile file, CheckpointFiles checkpoints, AuditSealer sealer, TimeProvider time)
{
    /// <returns>The number after which everything is vouched for again.</returns>
    public async Task<long> HandleAsync(string reason, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUniversalTime();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            var held = await db.HoldHeadAsync(cancellation);
            var (sequence, hash) = await EndAsync(transaction, cancellation);
            var waiting = await db.Set<AuditEntry>().LongCountAsync(e => !db.Set<AuditLink>().Any(l => l.EntryId == e.Id), cancellation);
            var head = new AuditHead
            {
                Sequence = sequence, Hash = hash, At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)), KeyId = keys.Current.Id,
                EntriesFrom = sequence + waiting, LinksFrom = sequence,
            }.VouchedFor(keys.Current);
            if (held is null)
            {
                db.Add(head);
            }

            await db.CommitAsync(Act.BySystem("audit.begin", now, $"{sequence}") with { Reason = $"{reason} ({held?.KeyId} {held?.Sequence})" }, cancellation);
            await db.MoveHeadAsync(head, cancellation);
            await transaction.CommitAsync(cancellation);
            file.Write(head);
            checkpoints.PutAside(above: sequence);
        }

        await sealer.SealAllAsync(cancellation);
        return (await db.Set<AuditHead>().AsNoTracking().SingleAsync(cancellation)).EntriesFrom;
    }

    private async Task<(long Sequence, byte[] Hash)> EndAsync(IDbContextTransaction transaction, CancellationToken cancellation)
    {
        var top = await db.Set<AuditLink>().MaxAsync(l => (long?)l.Sequence, cancellation) ?? 0;
        return top == 0 ? (0, AuditLink.Origin) : (top, (await db.Dialect.Audit.LinksAsync(transaction.GetDbTransaction(), top - 1, 1, cancellation))[0].Hash);
    }
}
