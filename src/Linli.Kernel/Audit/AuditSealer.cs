using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Linli.Kernel.Audit;

/// <summary>
/// Links committed entries into the chain, in batches and one sealer at a time: commits never wait for one another, and the chain follows a moment
/// later (docs/decisions/0023).
/// </summary>
public sealed class AuditSealer(LinliDb db, AuditKeys keys, HeadFile file, TimeProvider time)
{
    private const int BatchSize = 5_000;

    /// <summary>
    /// An id may be drawn a moment before its transaction counts as a writer; more than this passes between the two only when the server stands
    /// still, and then <see cref="LookBack"/> finds it.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>How many ids a thorough look goes back over what counts as settled.</summary>
    private const long LookBack = 100_000;

    /// <summary>Seals everything that is committed.</summary>
    /// <param name="thorough">Looks also for entries that were committed unusually late.</param>
    /// <returns>How many entries; 0 also where another instance is at it.</returns>
    /// <exception cref="AuditBrokenException">The chain was tampered with; nothing is sealed until somebody has looked.</exception>
    public async Task<long> SealAllAsync(CancellationToken cancellation, bool thorough = false)
    {
        if (!await HasWorkAsync(thorough, cancellation))
        {
            return 0;
        }

        long total = 0;
        AuditRow? last = null;
        while (await SealAsync(thorough, last, cancellation) is { Count: > 0 } batch)
        {
            total += batch.Count;
            last = batch[^1];
            if (batch.Count < BatchSize)
            {
                break;
            }
        }

        return total;
    }

    /// <summary>Asked without a lock: on SQLite the lock is everybody's.</summary>
    private async Task<bool> HasWorkAsync(bool thorough, CancellationToken cancellation)
    {
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? throw ChainEnd.HeadGone;
        var start = Start(head, thorough);
        return await db.Set<AuditEntry>().AnyAsync(e => e.Id > start && !db.Set<AuditLink>().Any(l => l.EntryId == e.Id), cancellation);
    }

    /// <param name="last">Where a batch before this one ended; null searches from where anything may still be unsealed.</param>
    private async Task<List<AuditRow>> SealAsync(bool thorough, AuditRow? last, CancellationToken cancellation)
    {
        // Before the lock, so that it cannot be ahead of what is then read under it.
        var outside = await file.ReadAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.HoldHeadAsync(cancellation) is not { } head)
        {
            return [];
        }

        var raw = transaction.GetDbTransaction();
        await new ChainEnd(db, raw, keys).CheckAsync(head, outside, cancellation);
        var tide = await db.Dialect.Audit.TideAsync(raw, cancellation);
        var entries = await db.Dialect.Audit.UnsealedAsync(raw, last?.Id ?? Start(head, thorough), BatchSize, cancellation);
        var after = Settle(await LinkAsync(raw, head, entries, cancellation), tide, sawAll: last is null && entries.Count < BatchSize);
        await db.MoveHeadAsync(after, cancellation);
        await transaction.CommitAsync(cancellation);
        file.Write(after);
        return entries;
    }

    private static long Start(AuditHead head, bool thorough) => thorough ? Math.Max(0, head.SettledId - LookBack) : head.SettledId;

    private async Task<AuditHead> LinkAsync(DbTransaction raw, AuditHead head, List<AuditRow> entries, CancellationToken cancellation)
    {
        var (key, bytes, hash, sequence) = (keys.Current, new AuditBytes(), head.Hash, head.Sequence);
        var links = new List<AuditLink>(entries.Count);
        foreach (var entry in entries)
        {
            bytes.Fill(entry.Fields, entry.Mac ?? []);
            hash = bytes.HashAfter(hash, ++sequence, entry.Id, entry.Mac);
            links.Add(new AuditLink { Sequence = sequence, EntryId = entry.Id, Hash = hash, Mac = key.MacOfLink(sequence, hash) });
        }

        await db.Dialect.Audit.AddAsync(raw, links, cancellation);
        var now = time.GetUtcNow().ToUniversalTime();
        return (head with
        {
            Sequence = sequence, Hash = hash, KeyId = key.Id, At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            EntriesFrom = head.IsNew ? await CountOldAsync(cancellation) : head.EntriesFrom,
            TopEntryId = Math.Max(head.TopEntryId, entries.Count == 0 ? 0 : entries[^1].Id),
        }).VouchedFor(key);
    }

    /// <summary>A store that is upgraded has entries from before there was a key. They have the lowest ids, so they are the first links.</summary>
    private Task<long> CountOldAsync(CancellationToken cancellation) => db.Set<AuditEntry>().LongCountAsync(e => e.Mac == null, cancellation);

    /// <summary>From where the next search begins: everything up to it has been committed and sealed, or never will be.</summary>
    /// <param name="sawAll">Everything that could be seen unsealed after the tide was read is in the chain now.</param>
    private static AuditHead Settle(AuditHead head, WriterTide? tide, bool sawAll) => tide switch
    {
        null => head with { SettledId = head.TopEntryId },
        { } now when sawAll && now.Oldest >= head.AwaitedWriter && head.At - head.AwaitedAt >= Settling =>
            head with { SettledId = Math.Max(head.SettledId, head.AwaitedId), AwaitedId = head.TopEntryId, AwaitedWriter = now.Next, AwaitedAt = head.At },
        _ => head,
    };
}
