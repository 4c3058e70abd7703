using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

/// <summary>Files whose rows go with the next commit; hand it back to <see cref="EvidenceRemoval.ForgetBytesAsync"/> after it.</summary>
public sealed record FilesToForget(IReadOnlyList<string> Hashes)
{
    public int Count => Hashes.Count;
}

/// <summary>Makes files gone: rows, bytes and thumbnails, in whatever vault, unless another record uses the same bytes.</summary>
public sealed class EvidenceRemoval(LinliDb db, EvidenceStore store)
{
    /// <summary>
    /// Deletes files that no record refers to any more (the record's own rows went before). To remove both in one commit, use
    /// <see cref="TakeOutAsync"/> and <see cref="ForgetBytesAsync"/>.
    /// </summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EraseAsync(IReadOnlyCollection<Guid> files, Act act, CancellationToken cancellation = default)
    {
        var gone = await TakeOutAsync(files, cancellation);
        await db.CommitAsync(act, cancellation);
        await ForgetBytesAsync(gone, cancellation);
        return gone.Count;
    }

    /// <summary>Takes the rows out with the next commit, which is the caller's and also holds what referred to them.</summary>
    public async Task<FilesToForget> TakeOutAsync(IReadOnlyCollection<Guid> files, CancellationToken cancellation = default)
    {
        var rows = await db.Set<EvidenceFile>().Where(f => files.Contains(f.Id)).ToListAsync(cancellation);
        db.RemoveRange(rows);
        return new FilesToForget([.. rows.Select(r => r.Sha256)]);
    }

    /// <summary>After the commit. Where the process ends before this, the daily sweep finds the bytes: nothing refers to them.</summary>
    public async Task ForgetBytesAsync(FilesToForget gone, CancellationToken cancellation = default)
    {
        foreach (var sha256 in gone.Hashes.Distinct())
        {
            await store.RemoveAsync(sha256, () => IsUsedAsync(sha256, cancellation), cancellation);
        }
    }

    /// <summary>Whether a row needs these bytes; what was found to be infected does not.</summary>
    internal Task<bool> IsUsedAsync(string sha256, CancellationToken cancellation) =>
        db.Set<EvidenceFile>().AnyAsync(f => f.Sha256 == sha256 && f.Scan != ScanState.Infected, cancellation);
}
