using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Audit;

/// <summary>What looks whole and is not: values that only read alike, guards that only bear their names, entries that only wait.</summary>
public sealed class DisguiseTests
{
    [Theory]
    [Trait("Only", "sqlite")] // PostgreSQL keeps nothing in a column that is not of its type
    [InlineData("Actor = cast(Actor as blob)")]
    [InlineData("ActorId = cast(ActorId as blob)")]
    [InlineData("Verb = cast(Verb as blob)")]
    [InlineData("At = cast(At as blob)")]
    [InlineData("Subject = cast(Subject as blob)")]
    [InlineData("Reason = cast(Reason as blob)")]
    [InlineData("Changes = cast(Changes as blob)")]
    [InlineData("Verb = Verb || char(0) || 'x'")]
    [InlineData("ActorId = ActorId || char(0)")]
    [InlineData("At = At || char(0)")]
    [InlineData("Mac = hex(Mac)")]
    public async Task A_value_that_reads_alike_and_is_found_by_no_search_is_a_change(string change)
    {
        await using var town = await SealedTown.FoundAsync();
        var entry = await town.EntryOfAsync(town.Last - 1);

        await town.SqlAsync(FormattableStringFactory.Create($"update kernel_audit_entry set {change} where Id = {entry}"));
        await town.ActAsync();
        await town.SqlAsync(FormattableStringFactory.Create($"update kernel_audit_entry set {change} where Id = (select max(Id) from kernel_audit_entry)"));

        var waiting = await town.Town.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(e => e.Id));

        var found = (await town.CheckAsync()).Findings.Where(f => f.Fault != AuditFault.Guard).ToList();

        Assert.Equal(AuditFault.Changed, found[0].Fault);
        Assert.Equal([(town.Last - 1, entry), (null, waiting)], found.Select(f => (f.Sequence, f.EntryId!.Value)));
    }

    [Theory]
    [Trait("Only", "sqlite")] // PostgreSQL's come below
    [InlineData("drop trigger kernel_audit_entry_no_update; create trigger kernel_audit_entry_no_update before update on kernel_audit_entry begin select 1; end", "kernel_audit_entry_no_update")]
    [InlineData("drop trigger kernel_audit_link_no_delete; create trigger kernel_audit_link_no_delete before delete on kernel_audit_link when old.Sequence > 9 begin select raise(abort, 'The audit log is append-only'); end", "kernel_audit_link_no_delete")]
    [InlineData("create trigger quiet before insert on kernel_audit_entry when new.Verb = 'x' begin select raise(ignore); end", "quiet")]
    public Task A_guard_that_guards_nothing_is_named_on_SQLite(string sql, string guard) => GuardAsync(sql, guard);

    [Theory]
    [Trait("Only", "postgres")]
    [InlineData("alter table kernel_audit_entry disable trigger kernel_audit_entry_no_update", "kernel_audit_entry_no_update")]
    [InlineData("alter table kernel_audit_entry enable replica trigger kernel_audit_entry_no_update", "kernel_audit_entry_no_update")]
    [InlineData("create or replace function kernel_audit_refuse() returns trigger language plpgsql as $$ begin return new; end $$", "kernel_audit_link_no_delete")]
    [InlineData("create or replace trigger kernel_audit_link_no_delete before delete on kernel_audit_link for each row when (old.\"Sequence\" > 9) execute function kernel_audit_refuse()", "kernel_audit_link_no_delete")]
    [InlineData("create trigger quiet before insert on kernel_audit_entry for each row execute function kernel_audit_refuse()", "quiet")]
    public Task A_guard_that_guards_nothing_is_named_on_PostgreSQL(string sql, string guard) => GuardAsync(sql, guard);

    [Fact]
    public async Task A_copy_that_waits_is_named_and_no_checkpoint_is_signed_over_it_before_or_after_it_is_sealed()
    {
        await using var town = await SealedTown.FoundAsync();
        await town.SqlAsync($"""
            insert into kernel_audit_entry ("Actor", "ActorId", "Verb", "At", "Subject", "Reason", "Changes", "Mac")
            select "Actor", "ActorId", "Verb", "At", "Subject", "Reason", "Changes", "Mac" from kernel_audit_entry where "Id" = {await town.EntryOfAsync(2)}
            """);
        var copy = await town.Town.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(e => e.Id));

        var waiting = (await town.CheckAsync()).Findings[0];

        Assert.Equal((AuditFault.Copied, copy), (waiting.Fault, waiting.EntryId));
        await Assert.ThrowsAsync<AuditBrokenException>(town.CheckpointAsync);
        await town.SealAsync();
        await Assert.ThrowsAsync<AuditBrokenException>(town.CheckpointAsync);
        await town.Town.InScopeAsync((BeginAudit begin) => begin.HandleAsync("looked into", CancellationToken.None));
        await town.ActAsync();
        Assert.True((await town.CheckpointAsync()).Sequence > town.Last);
    }

    [Fact]
    public async Task No_checkpoint_is_signed_over_an_entry_that_Linli_did_not_write()
    {
        await using var town = await SealedTown.FoundAsync();
        await ManipulationTests.InsertAsync(town, "null");

        await Assert.ThrowsAsync<AuditBrokenException>(town.CheckpointAsync);
    }

    [Fact]
    [Trait("Only", "sqlite")] // nothing here depends on the engine of the store
    public void A_signature_stands_in_the_file_as_openssl_is_given_it_and_older_files_are_read()
    {
        var checkpoint = new AuditCheckpoint(1, "ab", 1, DateTimeOffset.UnixEpoch, "key", "a+b/c=");

        var file = checkpoint.ToFile();

        Assert.Contains("\"a+b/c=\"", file, StringComparison.Ordinal);
        Assert.Equal(checkpoint, AuditCheckpoint.Read(file));
        Assert.Equal(checkpoint, AuditCheckpoint.Read(file.Replace("+b", "\\u002Bb", StringComparison.Ordinal)));
    }

    private static async Task GuardAsync(string sql, string guard)
    {
        await using var town = await SealedTown.FoundAsync();
        Assert.True((await town.CheckAsync()).IsWhole);

        await town.Town.InScopeAsync((LinliDb db) => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains((await town.CheckAsync()).Findings, f => f.Fault == AuditFault.Guard && f.Values.Contains(guard));
    }
}
