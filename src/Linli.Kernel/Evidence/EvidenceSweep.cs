using Linli.Kernel.Evidence.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

/// <summary>What nobody came back for: uploads that no record took in time, what interrupted uploads left, and bytes without a row.</summary>
public sealed class EvidenceSweep(
    LinliDb db, EvidenceStore store, EvidenceRemoval removal, IncomingFiles incoming, PartShelf parts, EvidenceOptions options, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var limit = (clock.GetUtcNow() - options.UnclaimedLife).ToUniversalTime();
        var removed = incoming.RemoveBefore(limit) + await parts.RemoveExpiredAsync(cancellation);
        removed += await RemoveUnclaimedAsync(limit, cancellation);
        removed += await store.EndRemovalsBeforeAsync(limit, sha256 => removal.IsUsedAsync(sha256, cancellation), cancellation);
        return removed + await RemoveOrphansAsync(limit, cancellation);
    }

    private async Task<int> RemoveUnclaimedAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var removed = 0;
        while (await db.Set<EvidenceFile>().Where(f => f.ClaimedAt == null && f.UploadedAt < limit)
            .OrderBy(f => f.UploadedAt).Select(f => f.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } stale)
        {
            try
            {
                removed += await removal.EraseAsync(stale, Act.BySystem("evidence.sweep", clock.GetUtcNow(), $"{stale.Count}"), cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return removed; // another instance sweeps, or a record took one of them at this moment; next time
            }
        }

        return removed;
    }

    private async Task<int> RemoveOrphansAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var removed = 0;
        await foreach (var kept in store.KeptBeforeAsync(limit, cancellation).Chunk(Batch).WithCancellation(cancellation))
        {
            var known = await db.Set<EvidenceFile>().Where(f => kept.Contains(f.Sha256) && f.Scan != ScanState.Infected).Select(f => f.Sha256).ToHashSetAsync(cancellation);
            foreach (var orphan in kept.Distinct().Where(k => !known.Contains(k)))
            {
                await removal.ForgetBytesAsync(new FilesToForget([orphan]), cancellation);
                removed++;
            }
        }

        return removed;
    }
}
