using Linli.Kernel.Evidence.Storage;

namespace Linli.Kernel.Evidence;

public sealed record EvidenceMoved(int Copied, int ThereAlready, IReadOnlyList<string> Damaged);

/// <summary>Copies everything from one vault to another while both stay in use; what is there already is left alone, so it may be run again.</summary>
public sealed class EvidenceMove(IncomingFiles incoming)
{
    /// <param name="told">Called after each file.</param>
    public async Task<EvidenceMoved> RunAsync(IEvidenceVault from, IEvidenceVault to, Action? told = null, CancellationToken cancellation = default)
    {
        var there = await to.ListAsync(cancellation).ToDictionaryAsync(k => k.Name, k => k.Length, StringComparer.Ordinal, cancellation);
        var (copied, known) = (0, 0);
        var damaged = new List<string>();
        await foreach (var kept in from.ListAsync(cancellation).Where(k => !EvidenceNames.IsAside(k.Name)))
        {
            if (there.TryGetValue(kept.Name, out var length) && length == kept.Length)
            {
                known++;
            }
            else if (await CopyAsync(from, to, kept.Name, cancellation))
            {
                copied++;
            }
            else
            {
                damaged.Add(kept.Name);
            }

            told?.Invoke();
        }

        return new EvidenceMoved(copied, known, damaged);
    }

    /// <summary>False when the bytes are not those of their name: damage is not copied.</summary>
    private async Task<bool> CopyAsync(IEvidenceVault from, IEvidenceVault to, string name, CancellationToken cancellation)
    {
        if (await from.OpenAsync(name, cancellation) is not { } content)
        {
            return true; // deleted meanwhile
        }

        using var copy = incoming.New();
        await using (content)
        await using (var file = File.Create(copy.Path))
        {
            await content.CopyToAsync(file, cancellation);
        }

        if (!EvidenceNames.IsThumbnail(name) && EvidenceNames.HashOf(name) is { } hash && await copy.HashAsync(cancellation) != hash)
        {
            return false;
        }

        await to.PutAsync(name, copy.Path, cancellation);
        return true;
    }
}
