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
            var unsealed = await UnsealedAsync(raw, walk, cancellation);
            foreach (var (name, trouble) in await db.Dialect.Audit.WrongGuardsAsync(raw, cancellation))
            {
                faults.Add(new AuditFinding(AuditFault.Guard, null, null, null, null, Words(trouble), name));
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
                await pieces.Writer.WriteAsync((links, await db.Dialect.Audit.EntriesOfAsync(raw, links, cancellation)), both.Token);
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

    private async Task<long> UnsealedAsync(DbTransaction raw, ChainWalk walk, CancellationToken cancellation)
    {
        var (above, total) = (-1L, 0L);
        while (await db.Dialect.Audit.UnsealedAsync(raw, above, MostUnsealed, cancellation) is { Count: > 0 } entries)
        {
            entries.ForEach(walk.TakeWaiting);
            (above, total) = (entries[^1].Id, total + entries.Count);
        }

        return total;
    }

    private static string Words(GuardTrouble trouble) => trouble switch
    {
        GuardTrouble.Missing => "数据库里阻止改动审计日志的触发器 {0} 不见了。",
        GuardTrouble.Changed => "数据库里阻止改动审计日志的触发器 {0} 被改写或停用。",
        _ => "审计日志的表上有不是邻里建立的触发器 {0}。",
    };
}
