using System.Data.Common;
using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Kernel.Audit;

namespace Linli.Database.Dialect;

/// <summary>The audit log's statements that both engines understand; how they write a time, a GUID and a trigger is left to each.</summary>
internal abstract class AuditTables : IAuditTables
{
    private const string Columns = """e."Id", e."Actor", e."ActorId", e."Verb", e."At", e."Subject", e."Reason", e."Changes", e."Mac" """;

    /// <summary>What triggers refuse, besides update and delete.</summary>
    protected abstract string Third { get; }

    protected abstract string TriggerNames { get; }

    public abstract Task<DbTransaction> BeginReadingAsync(DbConnection store, CancellationToken cancellation);

    public async Task<List<AuditLink>> LinksAsync(DbTransaction within, long after, int most, CancellationToken cancellation)
    {
        await using var command = Command(within, """select "Sequence", "EntryId", "Hash", "Mac" from kernel_audit_link where "Sequence" > @after order by "Sequence" limit @most""", ("after", after), ("most", most));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var links = new List<AuditLink>();
        while (await row.ReadAsync(cancellation))
        {
            links.Add(new AuditLink { Sequence = row.GetInt64(0), EntryId = row.GetInt64(1), Hash = (byte[])row.GetValue(2), Mac = (byte[])row.GetValue(3) });
        }

        return links;
    }

    public async IAsyncEnumerable<AuditRow> EntriesAsync(DbTransaction within, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(within, $"""select {Columns} from kernel_audit_entry e where e."Id" between @from and @to order by e."Id" """, ("from", from), ("to", to));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return Read(row);
        }
    }

    public async Task<List<AuditRow>> UnsealedAsync(DbTransaction within, long above, int most, CancellationToken cancellation)
    {
        await using var command = Command(
            within,
            $"""select {Columns} from kernel_audit_entry e where e."Id" > @above and not exists (select 1 from kernel_audit_link l where l."EntryId" = e."Id") order by e."Id" limit @most""",
            ("above", above), ("most", most));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<AuditRow>();
        while (await row.ReadAsync(cancellation))
        {
            entries.Add(Read(row));
        }

        return entries;
    }

    public abstract Task AddAsync(DbTransaction within, IReadOnlyList<AuditLink> links, CancellationToken cancellation);

    public abstract Task<WriterTide?> TideAsync(DbTransaction within, CancellationToken cancellation);

    public async Task<IReadOnlyList<string>> MissingGuardsAsync(DbTransaction within, CancellationToken cancellation)
    {
        await using var command = Command(within, TriggerNames);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var there = new HashSet<string>();
        while (await row.ReadAsync(cancellation))
        {
            there.Add(row.GetString(0));
        }

        var guards = from table in (string[])["entry", "link", "checkpoint"] from change in (string[])["update", "delete", Third] select $"kernel_audit_{table}_no_{change}";
        return [.. guards.Where(g => !there.Contains(g))];
    }

    /// <returns>False where the column does not look as Linli writes it: a change that means the same is a change.</returns>
    protected abstract bool TryId(DbDataReader row, int column, out Guid id);

    /// <inheritdoc cref="TryId"/>
    protected abstract bool TryTicks(DbDataReader row, int column, out long ticks);

    protected static DbCommand Command(DbTransaction within, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = within.Connection!.CreateCommand();
        command.Transaction = within;
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // constants of this folder
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private AuditRow Read(DbDataReader row)
    {
        string? wrong = null;
        wrong = TryId(row, 2, out var actorId) ? wrong : nameof(AuditEntry.ActorId);
        wrong = TryTicks(row, 4, out var ticks) ? wrong : nameof(AuditEntry.At);
        var fields = new AuditFields(row.GetString(1), actorId, row.GetString(3), ticks, Text(row, 5), Text(row, 6), row.GetString(7));
        return new AuditRow(row.GetInt64(0), fields, row.IsDBNull(8) ? null : (byte[])row.GetValue(8), wrong);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
