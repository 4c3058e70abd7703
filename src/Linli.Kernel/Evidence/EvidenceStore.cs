using Linli.Kernel.Evidence.Storage;

namespace Linli.Kernel.Evidence;

/// <summary>Kept bytes, open for reading.</summary>
/// <param name="Content">Can be positioned and knows its length.</param>
public sealed record OpenedEvidence(Stream Content, bool IsThumbnail);

/// <summary>The bytes of evidence, named by their SHA-256, in whatever vault is configured; a thumbnail beside those that have one.</summary>
public sealed class EvidenceStore(IEvidenceVault vault)
{
    /// <summary>Brings received bytes to their place, replacing equal ones. Call it after the row that refers to them is committed.</summary>
    public async Task PlaceAsync(string sha256, IncomingFile file, IncomingFile? thumbnail, CancellationToken cancellation)
    {
        if (thumbnail is not null)
        {
            await vault.PutAsync(EvidenceNames.ThumbnailOf(sha256), thumbnail.Path, cancellation);
        }

        await vault.PutAsync(EvidenceNames.Of(sha256), file.Path, cancellation);
    }

    /// <summary>Opens kept bytes for reading; null when they are not there. A file without a thumbnail is its own.</summary>
    public async Task<OpenedEvidence?> OpenAsync(string sha256, bool thumbnail, CancellationToken cancellation)
    {
        if (thumbnail && await vault.OpenAsync(EvidenceNames.ThumbnailOf(sha256), cancellation) is { } small)
        {
            return new OpenedEvidence(small, IsThumbnail: true);
        }

        return await vault.OpenAsync(EvidenceNames.Of(sha256), cancellation) is { } whole ? new OpenedEvidence(whole, IsThumbnail: false) : null;
    }

    /// <summary>
    /// Deletes bytes that nothing refers to. They are set aside first and asked about afterwards, so that an upload of the same bytes
    /// at this moment (which commits its row before it places its bytes) never loses them.
    /// </summary>
    public async Task RemoveAsync(string sha256, Func<Task<bool>> isReferredTo, CancellationToken cancellation)
    {
        var removal = Guid.NewGuid();
        var aside = new List<string>();
        foreach (var name in (string[])[EvidenceNames.Of(sha256), EvidenceNames.ThumbnailOf(sha256)])
        {
            if (await vault.MoveAsync(name, EvidenceNames.AsideOf(name, removal), cancellation))
            {
                aside.Add(EvidenceNames.AsideOf(name, removal));
            }
        }

        var staysAfterAll = aside.Count > 0 && await isReferredTo();
        foreach (var name in aside)
        {
            await (staysAfterAll ? vault.MoveAsync(name, EvidenceNames.BeforeAside(name), cancellation) : vault.DeleteAsync(name, cancellation));
        }
    }

    /// <summary>Ends what a crash in the middle of a removal left: back to its place when something refers to it, else gone.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> EndRemovalsBeforeAsync(DateTimeOffset time, Func<string, Task<bool>> isReferredTo, CancellationToken cancellation)
    {
        var deleted = 0;
        foreach (var name in await vault.ListAsync(cancellation).Where(k => k.WrittenAt < time && EvidenceNames.IsAside(k.Name)).Select(k => k.Name).ToListAsync(cancellation))
        {
            var before = EvidenceNames.BeforeAside(name);
            if (await isReferredTo(EvidenceNames.HashOf(before)!))
            {
                await vault.MoveAsync(name, before, cancellation);
            }
            else
            {
                await vault.DeleteAsync(name, cancellation);
                deleted++;
            }
        }

        return deleted;
    }

    /// <summary>The hashes of everything that was written before a time, for the search for orphans; one may come more than once.</summary>
    public IAsyncEnumerable<string> KeptBeforeAsync(DateTimeOffset time, CancellationToken cancellation) =>
        vault.ListAsync(cancellation).Where(k => k.WrittenAt < time).Select(k => EvidenceNames.HashOf(k.Name)).Where(h => h is not null).Select(h => h!);
}
