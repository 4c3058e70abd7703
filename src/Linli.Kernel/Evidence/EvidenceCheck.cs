using System.Security.Cryptography;
using Linli.Kernel.Evidence.Storage;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

/// <summary>What is wrong with one file.</summary>
public enum EvidenceFlaw
{
    /// <summary>A record names it, and its bytes are not there.</summary>
    Missing,

    /// <summary>Its bytes are others than were taken in.</summary>
    Changed,

    /// <summary>Bytes that no record names, older than a day.</summary>
    Orphan,
}

/// <param name="Name">In the vault.</param>
/// <param name="Ids">The rows that name it.</param>
public sealed record FlawedEvidence(EvidenceFlaw Flaw, string Name, IReadOnlyList<Guid> Ids);

public sealed record EvidenceChecked(int Files, long Bytes, IReadOnlyList<FlawedEvidence> Flaws);

/// <summary>Reads every kept byte once and compares it with what the rows say.</summary>
public sealed class EvidenceCheck(LinliDb db, IEvidenceVault vault, EvidenceOptions options, TimeProvider clock)
{
    private const int Batch = 500;

    public async Task<EvidenceChecked> RunAsync(CancellationToken cancellation = default)
    {
        var flaws = new List<FlawedEvidence>();
        var (files, bytes) = (0, 0L);
        var last = "";
        while (await NextAsync(last, cancellation) is { Count: > 0 } rows)
        {
            foreach (var same in rows.GroupBy(r => r.Sha256))
            {
                files++;
                var (flaw, length) = await LookAsync(same.Key, cancellation);
                bytes += length;
                if (flaw is { } found)
                {
                    flaws.Add(new FlawedEvidence(found, EvidenceNames.Of(same.Key), [.. same.Select(r => r.Id)]));
                }
            }

            last = rows[^1].Sha256;
        }

        flaws.AddRange(await OrphansAsync(cancellation));
        return new EvidenceChecked(files, bytes, flaws);
    }

    /// <summary>Whole groups of rows with the same bytes.</summary>
    private async Task<List<(string Sha256, Guid Id)>> NextAsync(string after, CancellationToken cancellation)
    {
        var hashes = await db.Set<EvidenceFile>().Where(f => f.Scan != ScanState.Infected && f.Sha256.CompareTo(after) > 0)
            .Select(f => f.Sha256).Distinct().OrderBy(h => h).Take(Batch).ToListAsync(cancellation);
        var rows = await db.Set<EvidenceFile>().AsNoTracking().Where(f => hashes.Contains(f.Sha256) && f.Scan != ScanState.Infected)
            .OrderBy(f => f.Sha256).ThenBy(f => f.Id).Select(f => new { f.Sha256, f.Id }).ToListAsync(cancellation);
        return [.. rows.Select(r => (r.Sha256, r.Id))];
    }

    private async Task<(EvidenceFlaw? Flaw, long Length)> LookAsync(string sha256, CancellationToken cancellation)
    {
        if (await vault.OpenAsync(EvidenceNames.Of(sha256), cancellation) is not { } content)
        {
            return (EvidenceFlaw.Missing, 0);
        }

        await using (content)
        {
            var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
            return (found == sha256 ? null : EvidenceFlaw.Changed, content.Length);
        }
    }

    private async Task<List<FlawedEvidence>> OrphansAsync(CancellationToken cancellation)
    {
        var limit = clock.GetUtcNow() - options.UnclaimedLife;
        var flaws = new List<FlawedEvidence>();
        await foreach (var kept in vault.ListAsync(cancellation).Where(k => k.WrittenAt < limit).Chunk(Batch).WithCancellation(cancellation))
        {
            var hashes = kept.Select(k => EvidenceNames.HashOf(k.Name)).OfType<string>().ToList();
            var known = await db.Set<EvidenceFile>().Where(f => hashes.Contains(f.Sha256) && f.Scan != ScanState.Infected).Select(f => f.Sha256).ToHashSetAsync(cancellation);
            flaws.AddRange(kept.Where(k => EvidenceNames.HashOf(k.Name) is not { } hash || !known.Contains(hash)).Select(k => new FlawedEvidence(EvidenceFlaw.Orphan, k.Name, [])));
        }

        return flaws;
    }
}
