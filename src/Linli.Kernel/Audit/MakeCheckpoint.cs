using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Audit;

/// <summary>Signs how far the log reaches, in a table, in a file of the data folder, and for whoever asks.</summary>
public sealed class MakeCheckpoint(LinliDb db, AuditSealer sealer, CheckNewEntries check, AuditKeys keys, CheckpointFiles files, TimeProvider time)
{
    /// <summary>The last one, if it is younger than <paramref name="every"/> or nothing but itself was written since; else a new one.</summary>
    /// <returns>Null before anything was sealed, and while another instance seals.</returns>
    /// <exception cref="AuditBrokenException">The chain was tampered with, or something was put into it since the last one.</exception>
    public async Task<AuditCheckpoint?> HandleAsync(TimeSpan every, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var last = await db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(c => c.Sequence).FirstOrDefaultAsync(cancellation);
        if (last is not null && now - last.At < every)
        {
            return last;
        }

        await sealer.SealAllAsync(cancellation, thorough: true);
        if (await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation) is not { IsNew: false, Sequence: > 0 } head || IsSaid(last, head))
        {
            return last;
        }

        await check.HandleAsync(last?.Sequence ?? 0, head, cancellation); // without the lock: it takes a while
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.HoldHeadAsync(cancellation) is null)
        {
            return last;
        }

        // What was looked at is signed; what has come since waits for the next.
        var made = AuditCheckpoint.Of(head, now, keys.Current);
        db.Add(made);
        await db.CommitAsync(Act.BySystem("audit.checkpoint", now, $"{made.Sequence}"), cancellation);
        await transaction.CommitAsync(cancellation);
        files.Write(made);
        return made;
    }

    /// <summary>A checkpoint is an act too, and alone no reason for the next.</summary>
    private static bool IsSaid(AuditCheckpoint? last, AuditHead head) => last is not null && head.Sequence <= last.Sequence + 1;
}
