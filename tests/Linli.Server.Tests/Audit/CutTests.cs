using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Audit;

/// <summary>Whoever cannot forge an entry can still try to cut, to put an old state back, or to begin anew.</summary>
public sealed class CutTests
{
    [Fact]
    public async Task A_cut_end_is_noticed_although_the_head_of_that_time_was_put_back()
    {
        await using var town = await SealedTown.FoundAsync();
        var before = await town.HeadAsync();
        await town.ActAsync(3);
        await town.SealAsync();

        await CutAsync(town, before.Sequence);
        await PutBackAsync(town, before);

        await ManipulationTests.NamesAsync(town, AuditFault.Cut, before.Sequence + 1, null);
    }

    [Fact]
    public async Task A_cut_end_is_noticed_by_the_head_alone()
    {
        await using var town = await SealedTown.FoundAsync();
        File.Delete(Path.Combine(town.Town.Store.Data.Audit, "head.json"));

        await CutAsync(town, town.Last - 2);

        await ManipulationTests.NamesAsync(town, AuditFault.Cut, town.Last - 1, null);
    }

    [Fact]
    public async Task A_log_that_was_cut_before_a_checkpoint_is_noticed_by_whoever_kept_it()
    {
        await using var town = await SealedTown.FoundAsync();
        var old = await town.HeadAsync();
        await town.ActAsync(3);
        var kept = await town.CheckpointAsync();

        // Everything that this installation could know about the cut is taken away.
        await CutAsync(town, old.Sequence);
        await PutBackAsync(town, old);
        await town.SqlAsync($"""delete from kernel_audit_checkpoint where "Sequence" > {old.Sequence}""");
        File.Delete(Path.Combine(town.Town.Store.Data.Audit, "head.json"));
        File.Delete(Path.Combine(town.Town.Store.Data.Audit, "checkpoints", CheckpointFiles.NameOf(kept.Sequence)));

        Assert.DoesNotContain((await town.CheckAsync()).Findings, f => f.Fault != AuditFault.Guard);
        var report = await town.CheckAsync(new AuditQuestion(kept));
        Assert.Equal((AuditFault.Cut, old.Sequence + 1), (report.Findings[0].Fault, report.Findings[0].Sequence));
    }

    [Fact]
    public async Task A_log_that_was_sealed_anew_is_noticed()
    {
        await using var town = await SealedTown.FoundAsync();

        await CutAsync(town, 0, entriesToo: false);
        await PutBackAsync(town, new AuditHead());

        await ManipulationTests.NamesAsync(town, AuditFault.Cut, 1, null);
        await Assert.ThrowsAsync<AuditBrokenException>(town.SealAsync);
    }

    [Fact]
    public async Task Nothing_is_sealed_over_a_cut_until_somebody_says_why()
    {
        await using var town = await SealedTown.FoundAsync();
        var old = await town.HeadAsync();
        await town.ActAsync(3);
        await town.SealAsync();
        await CutAsync(town, old.Sequence);
        await PutBackAsync(town, old);
        await town.ActAsync();

        await Assert.ThrowsAsync<AuditBrokenException>(town.SealAsync);
        await town.Town.InScopeAsync((BeginAudit begin) => begin.HandleAsync("restored the backup of Sunday", CancellationToken.None));
        await town.ActAsync();
        await town.SealAsync();

        var report = await town.CheckAsync();
        Assert.DoesNotContain(report.Findings, f => f.Fault != AuditFault.Guard);
        var said = await town.Town.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Verb == "audit.begin"));
        Assert.Contains("restored the backup of Sunday", said.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Sequence\" = \"Sequence\" - 1")]
    [InlineData("\"KeyId\" = 'other'")]
    [InlineData("\"EntriesFrom\" = 1000000")]
    [InlineData("\"LinksFrom\" = 1000000")]
    [InlineData("\"Mac\" = \"Hash\"")]
    public async Task A_changed_head_is_noticed_and_nothing_is_sealed_after_it(string change)
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create($"update kernel_audit_head set {change}"));
        await town.ActAsync();

        Assert.Contains((await town.CheckAsync()).Findings, f => f.Fault == AuditFault.Head);
        await Assert.ThrowsAsync<AuditBrokenException>(town.SealAsync);
    }

    [Fact]
    public async Task A_deleted_head_is_noticed()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync($"delete from kernel_audit_head");

        Assert.Equal(AuditFault.Head, (await town.CheckAsync()).Findings[0].Fault);
        await Assert.ThrowsAsync<AuditBrokenException>(town.SealAsync);
    }

    [Theory]
    [InlineData("\"Hash\" = replace(\"Hash\", substr(\"Hash\", 1, 1), 'x')")]
    [InlineData("\"Count\" = 1")]
    [InlineData("\"Signature\" = 'AAAA'")]
    [InlineData("\"KeyId\" = 'other'")]
    public async Task A_changed_checkpoint_is_noticed(string change)
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create($"update kernel_audit_checkpoint set {change}"));

        Assert.Equal(AuditFault.Checkpoint, (await town.CheckAsync()).Findings[0].Fault);
    }

    [Fact]
    public async Task A_deleted_checkpoint_is_noticed_by_its_file()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync($"delete from kernel_audit_checkpoint");

        Assert.Equal(AuditFault.Checkpoint, (await town.CheckAsync()).Findings[0].Fault);
    }

    [Fact]
    public async Task A_forged_checkpoint_is_told_from_a_real_one_and_from_another_stores()
    {
        await using var town = await SealedTown.FoundAsync();
        await using var other = await Town.EmptyAsync();
        var foreign = new AuditKeys(other.Store.Data).Current;
        var real = (await town.CheckpointAsync())!;
        var byOther = AuditCheckpoint.Of(await town.HeadAsync(), real.At, foreign);

        Assert.True((await town.CheckAsync(new AuditQuestion(real))).IsWhole);
        Assert.False((await town.CheckAsync(new AuditQuestion(real with { At = real.At.AddDays(1) }))).IsWhole);
        Assert.False((await town.CheckAsync(new AuditQuestion(byOther with { KeyId = real.KeyId }))).IsWhole);
        Assert.False((await town.CheckAsync(new AuditQuestion(byOther, new AuditKeys(town.Town.Store.Data).Current.Public))).IsWhole);
    }

    [Fact]
    public async Task The_missing_guards_are_named()
    {
        await using var town = await SealedTown.FoundAsync();
        Assert.True((await town.CheckAsync()).IsWhole);

        await town.SqlAsync($"select 1");

        var report = await town.CheckAsync();
        Assert.Equal(9, report.FaultCount);
        Assert.All(report.Findings, f => Assert.Equal(AuditFault.Guard, f.Fault));
    }

    private static async Task CutAsync(SealedTown town, long after, bool entriesToo = true)
    {
        if (entriesToo)
        {
            await town.SqlAsync($"""delete from kernel_audit_entry where "Id" in (select "EntryId" from kernel_audit_link where "Sequence" > {after})""");
        }

        await town.SqlAsync($"""delete from kernel_audit_link where "Sequence" > {after}""");
    }

    private static Task PutBackAsync(SealedTown town, AuditHead head) => town.Town.InScopeAsync((LinliDb db) => db.MoveHeadAsync(head, CancellationToken.None));
}
