using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence.Scanning;

/// <summary>Scans what came while the scanner was away. What is infected loses its bytes; its row stays for the record that uses it.</summary>
public sealed class ScanWaiting(LinliDb db, EvidenceStore store, EvidenceRemoval removal, IEvidenceScanner scanner, TimeProvider clock)
{
    private const int Batch = 1_000;

    /// <returns>How many were scanned.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var scanned = 0;
        if (!scanner.IsConfigured)
        {
            return scanned;
        }

        foreach (var id in await db.Set<EvidenceFile>().Where(f => f.Scan == ScanState.Held || f.Scan == ScanState.Due)
            .OrderBy(f => f.UploadedAt).Select(f => f.Id).Take(Batch).ToListAsync(cancellation))
        {
            if (!await ScanAsync(id, cancellation))
            {
                break; // still away
            }

            scanned++;
        }

        return scanned;
    }

    /// <summary>False when the scanner does not answer.</summary>
    private async Task<bool> ScanAsync(Guid id, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var file = await db.Set<EvidenceFile>().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        if (file is null || await store.OpenAsync(file.Sha256, thumbnail: false, cancellation) is not { } bytes)
        {
            return true; // its upload is placed at this moment, or it was removed
        }

        ScanAnswer answer;
        await using (bytes.Content)
        {
            answer = await scanner.ScanAsync(bytes.Content, cancellation);
        }

        if (answer.Verdict == ScanVerdict.Away)
        {
            return false;
        }

        await WriteAsync(file.Sha256, answer, cancellation);
        return true;
    }

    /// <summary>The same bytes are the same for every row that has them.</summary>
    private async Task WriteAsync(string sha256, ScanAnswer answer, CancellationToken cancellation)
    {
        var isInfected = answer.Verdict == ScanVerdict.Infected;
        var rows = await db.Set<EvidenceFile>().Where(f => f.Sha256 == sha256).ToListAsync(cancellation);
        rows.ForEach(r => r.Scan = isInfected ? ScanState.Infected : ScanState.Clean);
        try
        {
            await db.CommitAsync(Act.BySystem(isInfected ? "evidence.infected" : "evidence.scan", clock.GetUtcNow(), rows[0].Id.ToString()) with { Reason = answer.Found }, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return; // a record took one of them at this moment; next time
        }

        if (isInfected)
        {
            await removal.ForgetBytesAsync(new FilesToForget([sha256]), cancellation);
        }
    }
}
