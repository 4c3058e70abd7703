using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

/// <summary>Makes files gone: rows, bytes and thumbnails.</summary>
public sealed class EvidenceRemoval(LinliDb db, EvidenceStore store, EvidenceOptions options, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>Deletes one file that its record no longer refers to (the record's own row goes first, or in the same commit).</summary>
    public async Task RemoveAsync(EvidenceFile file, Act act, CancellationToken cancellation = default)
    {
        db.Remove(file);
        await db.CommitAsync(act, cancellation);
        await RemoveBytesAsync(file.Sha256, cancellation);
    }

    /// <summary>Removes uploads that no record took in time, what interrupted uploads left, and bytes without a row.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var limit = (now - options.UnclaimedLife).ToUniversalTime();
        var removed = store.RemoveIncomingBefore(limit);
        while (await db.Set<EvidenceFile>().Where(f => f.ClaimedAt == null && f.UploadedAt < limit)
            .OrderBy(f => f.UploadedAt).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } stale)
        {
            db.RemoveRange(stale);
            try
            {
                await db.CommitAsync(Act.BySystem("evidence.sweep", now, $"{stale.Count}"), cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return removed; // another instance sweeps, or a record took one of them at this moment; next time
            }

            foreach (var sha256 in stale.Select(f => f.Sha256).Distinct())
            {
                await RemoveBytesAsync(sha256, cancellation);
            }

            removed += stale.Count;
        }

        foreach (var kept in store.KeptBefore(limit).Chunk(Batch))
        {
            var known = await db.Set<EvidenceFile>().Where(f => kept.Contains(f.Sha256)).Select(f => f.Sha256).ToHashSetAsync(cancellation);
            foreach (var orphan in kept.Where(k => !known.Contains(k)))
            {
                await RemoveBytesAsync(orphan, cancellation);
                removed++;
            }
        }

        return removed;
    }

    private Task RemoveBytesAsync(string sha256, CancellationToken cancellation) =>
        store.RemoveAsync(sha256, () => db.Set<EvidenceFile>().AnyAsync(f => f.Sha256 == sha256, cancellation));
}
