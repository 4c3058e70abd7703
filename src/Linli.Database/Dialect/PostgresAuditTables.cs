using System.Data;
using System.Data.Common;
using Linli.Kernel.Audit;

namespace Linli.Database.Dialect;

internal sealed class PostgresAuditTables : AuditTables
{
    public static readonly PostgresAuditTables Instance = new();

    protected override string Third => "truncate";

    protected override string Triggers => """
        select t.tgname::text, concat_ws(' ', case when t.tgenabled in ('O', 'A') then 'on:' else 'off:' end, pg_get_triggerdef(t.oid, true), 'as', l.lanname, p.prosrc)
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_language l on l.oid = p.prolang
        where not t.tgisinternal and t.tgrelid in ('kernel_audit_entry'::regclass, 'kernel_audit_link'::regclass, 'kernel_audit_checkpoint'::regclass, 'kernel_audit_head'::regclass)
        """;

    public override async Task<DbTransaction> BeginReadingAsync(DbConnection store, CancellationToken cancellation) =>
        await store.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public override async Task AddAsync(DbTransaction within, IReadOnlyList<AuditLink> links, CancellationToken cancellation)
    {
        await using var command = Command(
            within, """insert into kernel_audit_link ("Sequence", "EntryId", "Hash", "Mac") select * from unnest(@sequences, @entries, @hashes, @macs)""",
            ("sequences", links.Select(l => l.Sequence).ToArray()), ("entries", links.Select(l => l.EntryId).ToArray()),
            ("hashes", links.Select(l => l.Hash).ToArray()), ("macs", links.Select(l => l.Mac).ToArray()));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public override async Task<WriterTide?> TideAsync(DbTransaction within, CancellationToken cancellation)
    {
        await using var command = Command(within, "select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint from pg_current_snapshot() s");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new WriterTide(row.GetInt64(0), row.GetInt64(1));
    }

    protected override string FormOf(string table, string change) =>
        $"on: create trigger {NameOf(table, change)} before {change} on kernel_audit_{table} for each {(change == Third ? "statement" : "row")} execute function kernel_audit_refuse() "
        + "as plpgsql begin raise exception 'The audit log is append-only: % on % is refused', tg_op, tg_table_name; end";

    /// <summary>PostgreSQL keeps nothing in a column that is not of its type.</summary>
    protected override string? MisshapenColumn(DbDataReader row) => null;

    protected override bool TryId(DbDataReader row, int column, out Guid id)
    {
        id = row.GetGuid(column);
        return true;
    }

    protected override bool TryTicks(DbDataReader row, int column, out long ticks)
    {
        ticks = row.GetDateTime(column).Ticks;
        return true;
    }
}
