using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Audit;

/// <summary>The chain follows the commits: nobody waits for it, nothing is lost to it.</summary>
public sealed class SealingTests
{
    [Fact]
    public async Task A_busy_store_that_nobody_touched_is_whole()
    {
        await using var town = await SealedTown.FoundAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => town.ActAsync(12)));
        while (!writing.IsCompleted)
        {
            await Task.WhenAll(town.SealAsync(), town.SealAsync());
            Assert.True((await town.CheckAsync()).IsWhole);
        }

        await writing;
        await town.SealAsync();
        await town.CheckpointAsync();

        var report = await town.CheckAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Unsealed);   // that the checkpoint was signed
        Assert.Equal(await town.Town.ReadAsync(db => db.Set<AuditEntry>().LongCountAsync()), report.Sealed + 1);
        Assert.Equal(2, report.Checkpoints);
    }

    [Fact]
    public async Task An_entry_that_is_committed_late_is_sealed_late()
    {
        if (TestStores.IsSqlite)
        {
            return;   // one writer at a time: it commits in the order of its ids
        }

        await using var town = await SealedTown.FoundAsync();
        await using var scope = town.Town.Services.CreateAsyncScope();
        var slow = scope.ServiceProvider.GetRequiredService<LinliDb>();
        await using var open = await slow.Database.BeginTransactionAsync();
        await slow.CommitAsync(Act.BySystem("test.slow", town.Town.Clock.Now));

        // Many rounds pass meanwhile, each longer than it takes for ids to settle.
        for (var round = 0; round < 4; round++)
        {
            await town.ActAsync();
            town.Town.Clock.Advance(TimeSpan.FromMinutes(1));
            await town.SealAsync();
        }

        Assert.Equal(town.Last + 4, (await town.HeadAsync()).Sequence);
        await open.CommitAsync();
        await town.SealAsync();

        Assert.True((await town.CheckAsync()).IsWhole);
        Assert.Equal("test.slow", await VerbOfAsync(town, town.Last + 5));
    }

    [Fact]
    public async Task The_search_for_unsealed_entries_moves_on()
    {
        await using var town = await SealedTown.FoundAsync();
        // On PostgreSQL it waits for whoever writes on the same server, other tests among them.
        var target = await town.EntryOfAsync(town.Last);
        for (var round = 0; round < 3 || (round < 500 && (await town.HeadAsync()).SettledId < target); round++)
        {
            await town.ActAsync();
            town.Town.Clock.Advance(TimeSpan.FromMinutes(1));
            await town.SealAsync();
        }

        var head = await town.HeadAsync();
        Assert.InRange(head.SettledId, target, head.TopEntryId);
    }

    [Fact]
    public async Task Entries_from_before_there_was_a_key_are_sealed_at_the_upgrade_and_watched_from_then_on()
    {
        await using var town = new SealedTown(await Town.FoundAsync());
        await town.SqlAsync($"""update kernel_audit_entry set "Mac" = null""");
        var old = await town.Town.ReadAsync(db => db.Set<AuditEntry>().LongCountAsync());
        await town.ActAsync(3);

        await town.SealAsync();

        var report = await town.CheckAsync();
        Assert.Equal((old + 3, old), (report.Sealed, (await town.HeadAsync()).EntriesFrom));
        Assert.DoesNotContain(report.Findings, f => f.Fault != AuditFault.Guard);
        await town.SqlAsync($"""update kernel_audit_entry set "Reason" = 'x' where "Id" = {await town.EntryOfAsync(2)}""");
        await ManipulationTests.NamesAsync(town, AuditFault.Changed, 2, await town.EntryOfAsync(2));
    }

    [Theory]
    [InlineData("update kernel_audit_{0} set {1} = {1}")]
    [InlineData("delete from kernel_audit_{0}")]
    public async Task The_database_itself_refuses_to_change_the_log(string statement)
    {
        await using var town = await SealedTown.FoundAsync();
        foreach (var (table, column) in new[] { ("entry", "\"Id\""), ("link", "\"Sequence\""), ("checkpoint", "\"Sequence\"") })
        {
            var sql = string.Format(null, statement, table, column);
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => town.Town.InScopeAsync((LinliDb db) => db.Database.ExecuteSqlRawAsync(sql)));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_put_in_the_place_of_an_entry()
    {
        await using var town = await SealedTown.FoundAsync();
        var sql = TestStores.IsSqlite
            ? "insert or replace into kernel_audit_entry select * from kernel_audit_entry where Id = 1"
            : "truncate kernel_audit_entry";

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => town.Town.InScopeAsync((LinliDb db) => db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_alone_is_no_reason_for_the_next()
    {
        await using var town = await SealedTown.FoundAsync();
        var first = await town.CheckpointAsync();

        Assert.Equal(first, await town.CheckpointAsync());
        await town.ActAsync();
        Assert.Equal(first.Sequence + 2, (await town.CheckpointAsync()).Sequence);
    }

    [Fact]
    public async Task A_read_is_an_entry_without_a_change()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.Town.InScopeAsync((AuditReads reads) => reads.RecordAsync(new Act(ActorKind.Staff, Guid.CreateVersion7(), "test.read", town.Town.Clock.Now, "x", "asked by the court"), CancellationToken.None));
        await town.SealAsync();

        Assert.Equal("test.read", await VerbOfAsync(town, town.Last + 1));
        Assert.True((await town.CheckAsync()).IsWhole);
    }

    [Fact]
    public async Task The_key_is_for_its_owner_alone()
    {
        await using var town = await SealedTown.FoundAsync();

        var file = town.Town.Services.GetRequiredService<AuditKeys>().File;

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_store_without_its_key_is_refused_before_anything_is_written()
    {
        await using var town = await SealedTown.FoundAsync();
        await using var other = Town.On(town.Town.Store with { Data = new DataFolder(Directory.CreateTempSubdirectory("linli-other-").FullName) }, keepsStore: true);

        var refused = await Assert.ThrowsAsync<Kernel.Privacy.KeysRefusedException>(() => Readiness.EnsureAsync(other.Services, CancellationToken.None));

        Assert.Contains((await town.HeadAsync()).KeyId, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(other.Services.GetRequiredService<AuditKeys>().File));
        Directory.Delete(other.Store.Data.Path, recursive: true);
    }

    private static Task<string> VerbOfAsync(SealedTown town, long sequence) => town.Town.ReadAsync(
        db => db.Set<AuditLink>().Where(l => l.Sequence == sequence).Join(db.Set<AuditEntry>(), l => l.EntryId, e => e.Id, (_, e) => e.Verb).SingleAsync());
}
