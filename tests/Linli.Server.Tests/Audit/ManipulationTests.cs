using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Audit;

/// <summary>What somebody who owns the database can do to the log, and that each is noticed and its first bad entry named.</summary>
public sealed class ManipulationTests
{
    /// <summary>The entry that is tampered with: some way after the checkpoint, some way before the end.</summary>
    private const int FromEnd = 4;

    [Theory]
    [InlineData("\"Actor\" = 'System'")]
    [InlineData("\"ActorId\" = '11111111-1111-1111-1111-111111111111'")]
    [InlineData("\"Verb\" = 'test.read'")]
    [InlineData("\"At\" = '2026-03-01T01:00:00.0000000Z'")]
    [InlineData("\"Subject\" = 'subject 99'")]
    [InlineData("\"Subject\" = null")]
    [InlineData("\"Reason\" = '别的'")]
    [InlineData("\"Changes\" = 'x'")]
    [InlineData("\"Mac\" = null")]
    [InlineData("\"Mac\" = (select \"Mac\" from kernel_audit_entry order by \"Id\" limit 1)")]
    public async Task A_changed_field_is_named_with_its_entry(string change)
    {
        await using var town = await SealedTown.FoundAsync();
        var entry = await town.EntryOfAsync(town.Last - FromEnd);

        await town.SqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create($"update kernel_audit_entry set {change} where \"Id\" = {entry}"));

        await NamesAsync(town, AuditFault.Changed, town.Last - FromEnd, entry);
    }

    [Fact]
    public async Task A_change_that_means_the_same_is_a_change()
    {
        await using var town = await SealedTown.FoundAsync();
        var entry = await town.EntryOfAsync(town.Last - FromEnd);

        await town.SqlAsync(Linli.Testing.TestStores.IsSqlite
            ? $"update kernel_audit_entry set ActorId = lower(ActorId) where Id = {entry}"
            : (FormattableString)$"update kernel_audit_entry set \"At\" = \"At\" + interval '1 microsecond' where \"Id\" = {entry}");

        await NamesAsync(town, AuditFault.Changed, town.Last - FromEnd, entry);
    }

    [Fact]
    public async Task A_changed_entry_is_named_although_the_chain_was_computed_anew()
    {
        await using var town = await SealedTown.FoundAsync();
        var entry = await town.EntryOfAsync(town.Last - FromEnd);

        await town.SqlAsync($"""update kernel_audit_entry set "Verb" = 'test.read' where "Id" = {entry}""");
        await town.RelinkAsync(town.Last - FromEnd);

        await NamesAsync(town, AuditFault.Changed, town.Last - FromEnd, entry);
    }

    [Fact]
    public async Task A_removed_entry_leaves_its_place()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync($"""delete from kernel_audit_entry where "Id" = {await town.EntryOfAsync(town.Last - FromEnd)}""");

        await NamesAsync(town, AuditFault.Removed, town.Last - FromEnd, null);
    }

    [Fact]
    public async Task An_entry_removed_with_its_link_leaves_a_gap()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync($"""delete from kernel_audit_entry where "Id" = {await town.EntryOfAsync(town.Last - FromEnd)}""");
        await town.SqlAsync($"""delete from kernel_audit_link where "Sequence" = {town.Last - FromEnd}""");

        await NamesAsync(town, AuditFault.Gap, town.Last - FromEnd, null);
    }

    [Fact]
    public async Task An_entry_removed_without_a_trace_in_the_chain_is_noticed_where_the_chain_was_computed_anew()
    {
        await using var town = await SealedTown.FoundAsync();
        var (bad, next) = (town.Last - FromEnd, await town.EntryOfAsync(town.Last - FromEnd + 1));

        await town.SqlAsync($"""delete from kernel_audit_entry where "Id" = {await town.EntryOfAsync(bad)}""");
        await town.SqlAsync($"""delete from kernel_audit_link where "Sequence" = {bad}""");
        for (var sequence = bad + 1; sequence <= town.Last; sequence++)
        {
            await town.SqlAsync($"""update kernel_audit_link set "Sequence" = {sequence - 1} where "Sequence" = {sequence}""");
        }

        await town.RelinkAsync(bad);

        await NamesAsync(town, AuditFault.Relinked, bad, next);
    }

    [Fact]
    public async Task An_entry_that_Linli_did_not_write_is_named_although_Linli_sealed_it()
    {
        await using var town = await SealedTown.FoundAsync();

        await InsertAsync(town, "null");
        var waiting = await town.CheckAsync();
        await town.SealAsync();

        Assert.Equal(AuditFault.Inserted, waiting.Findings[0].Fault);
        await NamesAsync(town, AuditFault.Inserted, town.Last + 1, waiting.Findings[0].EntryId);
    }

    [Fact]
    public async Task An_entry_with_a_made_up_check_value_is_named()
    {
        await using var town = await SealedTown.FoundAsync();

        await InsertAsync(town, Linli.Testing.TestStores.IsSqlite ? "randomblob(32)" : "sha256('guess')");
        await town.SealAsync();

        await NamesAsync(town, AuditFault.Inserted, town.Last + 1, await town.EntryOfAsync(town.Last + 1));
    }

    [Fact]
    public async Task A_copy_of_a_real_entry_is_named()
    {
        await using var town = await SealedTown.FoundAsync();
        var real = await town.EntryOfAsync(town.Last - FromEnd);

        await town.SqlAsync($"""
            insert into kernel_audit_entry ("Actor", "ActorId", "Verb", "At", "Subject", "Reason", "Changes", "Mac")
            select "Actor", "ActorId", "Verb", "At", "Subject", "Reason", "Changes", "Mac" from kernel_audit_entry where "Id" = {real}
            """);
        await town.SealAsync();

        await NamesAsync(town, AuditFault.Copied, town.Last + 1, await town.EntryOfAsync(town.Last + 1));
    }

    [Fact]
    public async Task Entries_whose_places_were_exchanged_are_named()
    {
        await using var town = await SealedTown.FoundAsync();
        var (first, second) = (await town.EntryOfAsync(town.Last - FromEnd), await town.EntryOfAsync(town.Last - 1));

        await town.SqlAsync($"""update kernel_audit_link set "EntryId" = -1 where "EntryId" = {first}""");
        await town.SqlAsync($"""update kernel_audit_link set "EntryId" = {first} where "EntryId" = {second}""");
        await town.SqlAsync($"""update kernel_audit_link set "EntryId" = {second} where "EntryId" = -1""");

        await NamesAsync(town, AuditFault.Moved, town.Last - FromEnd, second);
    }

    [Fact]
    public async Task Entries_whose_ids_were_exchanged_are_named()
    {
        await using var town = await SealedTown.FoundAsync();
        var (first, second) = (await town.EntryOfAsync(town.Last - FromEnd), await town.EntryOfAsync(town.Last - 1));

        await town.SqlAsync($"""update kernel_audit_entry set "Id" = -1 where "Id" = {first}""");
        await town.SqlAsync($"""update kernel_audit_entry set "Id" = {first} where "Id" = {second}""");
        await town.SqlAsync($"""update kernel_audit_entry set "Id" = {second} where "Id" = -1""");

        await NamesAsync(town, AuditFault.Moved, town.Last - FromEnd, first);
    }

    [Fact]
    public async Task An_entry_that_is_changed_before_it_is_sealed_is_named()
    {
        await using var town = await SealedTown.FoundAsync();
        await town.ActAsync();

        await town.SqlAsync($"""update kernel_audit_entry set "Subject" = 'x' where "Id" = (select max("Id") from kernel_audit_entry)""");
        await town.SealAsync();

        await NamesAsync(town, AuditFault.Inserted, town.Last + 1, await town.EntryOfAsync(town.Last + 1));
    }

    [Fact]
    public async Task A_changed_link_is_named()
    {
        await using var town = await SealedTown.FoundAsync();

        await town.SqlAsync($"""update kernel_audit_link set "Hash" = (select "Hash" from kernel_audit_link where "Sequence" = 1) where "Sequence" = {town.Last - FromEnd}""");

        await NamesAsync(town, AuditFault.Moved, town.Last - FromEnd, await town.EntryOfAsync(town.Last - FromEnd));
    }

    internal static Task InsertAsync(SealedTown town, string mac) => town.SqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create($"""
        insert into kernel_audit_entry ("Actor", "ActorId", "Verb", "At", "Subject", "Reason", "Changes", "Mac")
        select "Actor", "ActorId", 'shell.sign-in', "At", "Subject", "Reason", "Changes", {mac} from kernel_audit_entry where "Id" = (select max("Id") from kernel_audit_entry)
        """));

    internal static async Task NamesAsync(SealedTown town, AuditFault fault, long sequence, long? entry)
    {
        var report = await town.CheckAsync();

        Assert.False(report.IsWhole);
        Assert.Equal((fault, sequence, entry), (report.Findings[0].Fault, report.Findings[0].Sequence, report.Findings[0].EntryId));
        var expected = entry is null ? null : await town.Town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Id == entry).Select(e => e.Verb).SingleOrDefaultAsync());
        Assert.Equal(expected, report.Findings[0].Verb);
    }
}
