using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Audit;

/// <summary>A county whose log is sealed, with a checkpoint in its middle, and somebody who has the database and nothing else.</summary>
internal sealed class SealedTown(Town town) : IAsyncDisposable
{
    /// <summary>How many acts lie before and after the checkpoint.</summary>
    private const int Half = 8;

    public Town Town => town;

    /// <summary>Number of the checkpoint.</summary>
    public long Middle { get; private set; }

    /// <summary>Number of the last entry.</summary>
    public long Last { get; private set; }

    public static async Task<SealedTown> FoundAsync(TownOptions? options = null)
    {
        var sealedTown = new SealedTown(await Town.FoundAsync(options));
        await sealedTown.ActAsync(Half);
        sealedTown.Middle = (await sealedTown.CheckpointAsync()).Sequence;
        await sealedTown.ActAsync(Half);
        await sealedTown.SealAsync();
        sealedTown.Last = (await sealedTown.HeadAsync()).Sequence;
        return sealedTown;
    }

    public async Task ActAsync(int count = 1)
    {
        for (var n = 0; n < count; n++)
        {
            town.Clock.Advance(TimeSpan.FromSeconds(1));
            await town.InScopeAsync((LinliDb db) => db.CommitAsync(new Act(ActorKind.Staff, Guid.CreateVersion7(), "test.write", town.Clock.Now, $"subject {n}", "因为")));
        }
    }

    public Task<long> SealAsync() => town.InScopeAsync((AuditSealer sealer) => sealer.SealAllAsync(CancellationToken.None));

    public Task<AuditCheckpoint> CheckpointAsync() =>
        town.InScopeAsync(async (MakeCheckpoint make) => await make.HandleAsync(TimeSpan.Zero, CancellationToken.None) ?? throw new InvalidOperationException("Nothing to sign."));

    public Task<AuditReport> CheckAsync(AuditQuestion? question = null) => town.InScopeAsync((CheckAudit check) => check.HandleAsync(question ?? new AuditQuestion(), CancellationToken.None));

    public Task<AuditHead> HeadAsync() => town.ReadAsync(db => db.Set<AuditHead>().AsNoTracking().SingleAsync());

    public Task<long> EntryOfAsync(long sequence) => town.ReadAsync(db => db.Set<AuditLink>().Where(l => l.Sequence == sequence).Select(l => l.EntryId).SingleAsync());

    /// <summary>A statement as the owner of the database would type it, after taking away what refuses it.</summary>
    public Task SqlAsync(FormattableString sql) => town.InScopeAsync(async (LinliDb db) =>
    {
        foreach (var table in (string[])["entry", "link", "checkpoint"])
        {
            string[] changes = TestStores.IsSqlite ? ["update", "delete", "replace"] : ["update"];
            foreach (var off in changes.Select(c => TestStores.IsSqlite ? $"drop trigger if exists kernel_audit_{table}_no_{c}" : $"alter table kernel_audit_{table} disable trigger user"))
            {
                await db.Database.ExecuteSqlRawAsync(off);
            }
        }

        await db.Database.ExecuteSqlAsync(sql);
    });

    /// <summary>Computes the chain anew from a number on, as anybody can who has read the documentation, and moves the head to its end.</summary>
    public async Task RelinkAsync(long from) => await town.InScopeAsync(async (LinliDb db) =>
    {
        var bytes = new AuditBytes();
        var hash = from == 1 ? AuditLink.Origin : await db.Set<AuditLink>().Where(l => l.Sequence == from - 1).Select(l => l.Hash).SingleAsync();
        var entries = await db.Set<AuditEntry>().AsNoTracking().ToDictionaryAsync(e => e.Id);
        foreach (var link in await db.Set<AuditLink>().AsNoTracking().Where(l => l.Sequence >= from).OrderBy(l => l.Sequence).ToListAsync())
        {
            var entry = entries[link.EntryId];
            bytes.Fill(new AuditFields($"{entry.Actor}", entry.ActorId, entry.Verb, entry.At.UtcTicks, entry.Subject, entry.Reason, entry.Changes), entry.Mac ?? []);
            hash = bytes.HashAfter(hash, link.Sequence, link.EntryId, entry.Mac);
            await db.Set<AuditLink>().Where(l => l.Sequence == link.Sequence).ExecuteUpdateAsync(set => set.SetProperty(l => l.Hash, hash));
        }

        var last = await db.Set<AuditLink>().MaxAsync(l => l.Sequence);
        await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(h => h.Hash, hash).SetProperty(h => h.Sequence, last));
    });

    public ValueTask DisposeAsync() => town.DisposeAsync();
}
