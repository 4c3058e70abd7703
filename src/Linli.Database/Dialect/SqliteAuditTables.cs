using System.Data.Common;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.Data.Sqlite;

namespace Linli.Database.Dialect;

internal sealed class SqliteAuditTables : AuditTables
{
    public static readonly SqliteAuditTables Instance = new();
    private const int MacColumn = 8;

    private static readonly (int Column, string Name, bool MayBeAbsent)[] Texts =
    [
        (1, nameof(AuditEntry.Actor), false), (2, nameof(AuditEntry.ActorId), false), (3, nameof(AuditEntry.Verb), false), (4, nameof(AuditEntry.At), false),
        (5, nameof(AuditEntry.Subject), true), (6, nameof(AuditEntry.Reason), true), (7, nameof(AuditEntry.Changes), false),
    ];

    protected override string Third => "replace";

    protected override string Triggers => "select name, sql from sqlite_master where type = 'trigger' and lower(tbl_name) like 'kernel#_audit#_%' escape '#'";

    /// <summary>Deferred: a reader in WAL mode keeps its view without the writer's lock.</summary>
    public override Task<DbTransaction> BeginReadingAsync(DbConnection store, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)store).BeginTransaction(deferred: true));

    public override async Task AddAsync(DbTransaction within, IReadOnlyList<AuditLink> links, CancellationToken cancellation)
    {
        await using var command = Command(
            within, """insert into kernel_audit_link ("Sequence", "EntryId", "Hash", "Mac") values (@sequence, @entry, @hash, @mac)""",
            ("sequence", 0L), ("entry", 0L), ("hash", Array.Empty<byte>()), ("mac", Array.Empty<byte>()));
        await command.PrepareAsync(cancellation);
        foreach (var link in links)
        {
            (command.Parameters[0].Value, command.Parameters[1].Value, command.Parameters[2].Value, command.Parameters[3].Value) = (link.Sequence, link.EntryId, link.Hash, link.Mac);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    public override Task<WriterTide?> TideAsync(DbTransaction within, CancellationToken cancellation) => Task.FromResult<WriterTide?>(null);

    protected override string FormOf(string table, string change)
    {
        var key = table == "entry" ? "Id" : "Sequence";
        var when = change == Third
            ? $"before insert on kernel_audit_{table} when exists (select 1 from kernel_audit_{table} where \"{key}\" = new.\"{key}\")"
            : $"before {change} on kernel_audit_{table}";
        return $"create trigger {NameOf(table, change)} {when} begin select raise(abort, 'The audit log is append-only'); end";
    }

    /// <summary>SQLite keeps any type in any column, and reads a blob as the text that it is not equal to.</summary>
    protected override string? MisshapenColumn(DbDataReader row)
    {
        foreach (var (column, name, mayBeAbsent) in Texts)
        {
            if (row.IsDBNull(column) ? !mayBeAbsent : row.GetFieldType(column) != typeof(string))
            {
                return name;
            }
        }

        return row.IsDBNull(MacColumn) || row.GetFieldType(MacColumn) == typeof(byte[]) ? null : nameof(AuditEntry.Mac);
    }

    protected override bool TryId(DbDataReader row, int column, out Guid id)
    {
        var text = Text(row, column);
        return Guid.TryParseExact(text, "D", out id) && !text.AsSpan().ContainsAnyInRange('a', 'f');
    }

    protected override bool TryTicks(DbDataReader row, int column, out long ticks)
    {
        var isTime = DateTime.TryParseExact(
            Text(row, column), "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        ticks = time.Ticks;
        return isTime;
    }
}
