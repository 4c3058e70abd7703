using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Linli.Kernel.Audit;

/// <summary>
/// Checks the whole log against its chain, its head inside and outside the database, and every checkpoint there is. Reads one state of the store
/// while others write; changes nothing.
/// </summary>
public sealed class CheckAudit(LinliDb db, AuditKeys keys, HeadFile headFile, CheckpointFiles checkpointFiles)
{
    private const int Piece = 20_000;
    private const int MostUnsealed = 100_000;

    public async Task<AuditReport> HandleAsync(AuditQuestion question, CancellationToken cancellation)
    {
        var (faults, remarks) = (new Faults(), new List<AuditFinding>());
        var outside = await OutsideAsync(faults, cancellation); // before the store is read: it is never ahead of it
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var raw = await db.Dialect.Audit.BeginReadingAsync(db.Database.GetDbConnection(), cancellation);
            await db.Database.UseTransactionAsync(raw, cancellation);
            var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
            var anchors = new Anchors(question, keys.IfThere, faults, remarks);
            var key = anchors.CheckHead(head, outside, headFile.Path);
            anchors.Add(await db.Set<AuditCheckpoint>().AsNoTracking().OrderBy(c => c.Sequence).ToListAsync(cancellation), checkpointFiles);
            var walk = new ChainWalk(key, head?.Seal ?? outside?.Seal ?? new AuditHead().Seal, anchors.All, faults);
            await WalkAsync(raw, walk, cancellation);
            walk.Finish();
            anchors.CheckEnd(head, walk);
            var unsealed = await UnsealedAsync(raw, key, faults, cancellation);
            foreach (var guard in await db.Dialect.Audit.MissingGuardsAsync(raw, cancellation))
            {
                faults.Add(new AuditFinding(AuditFault.Guard, null, null, null, null, "数据库里阻止改动审计日志的触发器 {0} 不见了。", guard));
            }

            return new AuditReport(walk.Sequence, unsealed, walk.AgreedCheckpoints, head?.IsNew == false ? head.At : null, faults.Count, faults.Kept, remarks);
        }
        finally
        {
            await db.Database.UseTransactionAsync(null, CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<SealedHead?> OutsideAsync(Faults faults, CancellationToken cancellation)
    {
        try
        {
            return await headFile.ReadAsync(cancellation);
        }
        catch (AuditBrokenException broken)
        {
            faults.Add(new AuditFinding(AuditFault.Head, null, null, null, null, broken.Key, broken.Values));
            return null;
        }
    }

    /// <summary>One processor reads while the other hashes.</summary>
    private async Task WalkAsync(DbTransaction raw, ChainWalk walk, CancellationToken cancellation)
    {
        var pieces = Channel.CreateBounded<(List<AuditLink> Links, AuditRow?[] Entries)>(2);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hashing = Task.Run(
            async () =>
            {
                await foreach (var (links, entries) in pieces.Reader.ReadAllAsync(both.Token))
                {
                    for (var n = 0; n < links.Count; n++)
                    {
                        walk.Take(links[n], entries[n]);
                    }
                }
            },
            both.Token);
        try
        {
            var links = await db.Dialect.Audit.LinksAsync(raw, 0, Piece, cancellation);
            while (links.Count > 0)
            {
                await pieces.Writer.WriteAsync((links, await EntriesOfAsync(raw, links, cancellation)), both.Token);
                links = await db.Dialect.Audit.LinksAsync(raw, links[^1].Sequence, Piece, cancellation);
            }

            pieces.Writer.Complete();
            await hashing;
        }
        catch
        {
            await both.CancelAsync();
            throw;
        }
    }

    /// <summary>Entries were sealed about in the order of their ids, so a piece of the chain is a short stretch of the log.</summary>
    private async Task<AuditRow?[]> EntriesOfAsync(DbTransaction raw, List<AuditLink> links, CancellationToken cancellation)
    {
        var entries = new AuditRow?[links.Count];
        var places = new Dictionary<long, int>(links.Count);
        for (var n = 0; n < links.Count; n++)
        {
            places.TryAdd(links[n].EntryId, n);
        }

        await foreach (var entry in db.Dialect.Audit.EntriesAsync(raw, places.Keys.Min(), places.Keys.Max(), cancellation))
        {
            if (places.TryGetValue(entry.Id, out var place))
            {
                entries[place] = entry;
            }
        }

        return entries;
    }

    private async Task<long> UnsealedAsync(DbTransaction raw, AuditKey? key, Faults faults, CancellationToken cancellation)
    {
        var (bytes, above, total) = (new AuditBytes(), -1L, 0L);
        while (await db.Dialect.Audit.UnsealedAsync(raw, above, MostUnsealed, cancellation) is { Count: > 0 } entries)
        {
            foreach (var entry in entries.Where(_ => key is not null))
            {
                bytes.Fill(entry.Fields, entry.Mac ?? []);
                if (entry.Mac is null || !key!.Wrote(bytes, entry.Mac))
                {
                    faults.Add(new AuditFinding(AuditFault.Inserted, null, entry.Id, entry.At, entry.Fields.Verb, "一条还没有封存的记录不是邻里写的，或已被改动。"));
                }
            }

            (above, total) = (entries[^1].Id, total + entries.Count);
        }

        return total;
    }
}
