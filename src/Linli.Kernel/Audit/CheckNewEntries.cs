using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Audit;

/// <summary>
/// Looks at what was sealed since the last checkpoint before the next one is signed. The sealer links what it finds, so that nothing waits; what is signed and
/// handed out has to be Linli's own.
/// </summary>
public sealed class CheckNewEntries(LinliDb db, AuditKeys keys)
{
    private const int Piece = 20_000;

    /// <exception cref="AuditBrokenException">One of them was inserted, changed or copied.</exception>
    internal async Task HandleAsync(long after, AuditHead head, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var raw = await db.Dialect.Audit.BeginReadingAsync(db.Database.GetDbConnection(), cancellation);
            await db.Database.UseTransactionAsync(raw, cancellation);
            await LookForCopiesAsync(await MacsAsync(raw, Math.Max(after, head.EntriesFrom), head.Sequence, cancellation), cancellation);
        }
        finally
        {
            await db.Database.UseTransactionAsync(null, CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<Dictionary<UInt128, long>> MacsAsync(DbTransaction raw, long after, long upTo, CancellationToken cancellation)
    {
        var (macs, bytes, key) = (new Dictionary<UInt128, long>(), new AuditBytes(), keys.Current);
        while (after < upTo && await db.Dialect.Audit.LinksAsync(raw, after, (int)Math.Min(Piece, upTo - after), cancellation) is { Count: > 0 } links)
        {
            var entries = await db.Dialect.Audit.EntriesOfAsync(raw, links, cancellation);
            for (var n = 0; n < links.Count; n++)
            {
                if (entries[n] is not { Malformed: null, Mac: { } mac } entry)
                {
                    throw Refused(links[n].EntryId);
                }

                bytes.Fill(entry.Fields, mac);
                if (!key.Wrote(bytes, mac) || !macs.TryAdd(BitConverter.ToUInt128(mac), entry.Id))
                {
                    throw Refused(entry.Id);
                }
            }

            after = links[^1].Sequence;
        }

        return macs;
    }

    /// <summary>No index on check values: every entry would pay for it, and a checkpoint is rare.</summary>
    private async Task LookForCopiesAsync(Dictionary<UInt128, long> macs, CancellationToken cancellation)
    {
        if (macs.Count == 0)
        {
            return;
        }

        await foreach (var other in db.Set<AuditEntry>().AsNoTracking().Where(e => e.Mac != null).Select(e => new { e.Id, e.Mac }).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (other.Mac!.Length >= 16 && macs.TryGetValue(BitConverter.ToUInt128(other.Mac), out var id) && id != other.Id)
            {
                throw Refused(Math.Max(id, other.Id));
            }
        }
    }

    private static AuditBrokenException Refused(long entry) =>
        new("没有签发检查点：记录 {0} 不是邻里写的，已被改动，或是复制品。请运行 linli audit verify 查明，处理后用 linli audit begin 继续（docs/operate/audit.md）。", entry);
}
