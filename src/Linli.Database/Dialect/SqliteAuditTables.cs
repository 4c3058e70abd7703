using System.Data.Common;
using System.Globalization;
using Linli.Kernel.Audit;
using Microsoft.Data.Sqlite;

namespace Linli.Database.Dialect;

internal sealed class SqliteAuditTables : AuditTables
{
    public static readonly SqliteAuditTables Instance = new();

    protected override string Third => "replace";

    protected override string TriggerNames => "select name from sqlite_master where type = 'trigger'";

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

    protected override bool TryId(DbDataReader row, int column, out Guid id)
    {
        var text = row.GetString(column);
        return Guid.TryParseExact(text, "D", out id) && !text.AsSpan().ContainsAnyInRange('a', 'f');
    }

    protected override bool TryTicks(DbDataReader row, int column, out long ticks)
    {
        var isTime = DateTime.TryParseExact(
            row.GetString(column), "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        ticks = time.Ticks;
        return isTime;
    }
}
