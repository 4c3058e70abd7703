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

    /// <summary>Asks for the name and the whole form of every trigger on the log's tables, whether it is switched on included.</summary>
    protected abstract string Triggers { get; }

    /// <summary>What <see cref="Triggers"/> answers for a guard that is as the migration made it; spaces and case do not count.</summary>
    protected abstract string FormOf(string table, string change);

    public abstract Task<DbTransaction> BeginReadingAsync(DbConnection store, CancellationToken cancellation);

    public async Task<List<AuditLink>> LinksAsync(DbTransaction within, long after, int most, CancellationToken cancellation)
    {
        await using var command = Command(within, """select "Sequence", "EntryId", "Hash", "Mac" from kernel_audit_link where "Sequence" > @after order by "Sequence" limit @most""", ("after", after), ("most", most));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var links = new List<AuditLink>();
        while (await row.ReadAsync(cancellation))
        {
            links.Add(new AuditLink { Sequence = row.GetInt64(0), EntryId = IdOf(row, 1), Hash = row.GetValue(2) as byte[] ?? [], Mac = row.GetValue(3) as byte[] ?? [] });
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

    public async Task<IReadOnlyList<AuditGuard>> WrongGuardsAsync(DbTransaction within, CancellationToken cancellation)
    {
        await using var command = Command(within, Triggers);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var there = new Dictionary<string, string>();
        while (await row.ReadAsync(cancellation))
        {
            there[row.GetString(0)] = row.GetString(1);
        }

        var wrong = new List<AuditGuard>();
        foreach (var (table, change) in from table in (string[])["entry", "link", "checkpoint"] from change in (string[])["update", "delete", Third] select (table, change))
        {
            var name = NameOf(table, change);
            if (!there.Remove(name, out var form))
            {
                wrong.Add(new AuditGuard(name, GuardTrouble.Missing));
            }
            else if (!string.Equals(Plain(form), Plain(FormOf(table, change)), StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add(new AuditGuard(name, GuardTrouble.Changed));
            }
        }

        return [.. wrong, .. there.Keys.Select(name => new AuditGuard(name, GuardTrouble.Foreign))];
    }

    protected static string NameOf(string table, string change) => $"kernel_audit_{table}_no_{change}";

    /// <returns>False where the column does not look as Linli writes it: a change that means the same is a change.</returns>
    protected abstract bool TryId(DbDataReader row, int column, out Guid id);

    /// <inheritdoc cref="TryId"/>
    protected abstract bool TryTicks(DbDataReader row, int column, out long ticks);

    /// <returns>The first column whose value is kept in another way than Linli keeps it; null where there is none.</returns>
    protected abstract string? MisshapenColumn(DbDataReader row);

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
        var wrong = MisshapenColumn(row);
        wrong = TryId(row, 2, out var actorId) ? wrong : nameof(AuditEntry.ActorId);
        wrong = TryTicks(row, 4, out var ticks) ? wrong : nameof(AuditEntry.At);
        var fields = new AuditFields(Text(row, 1) ?? "", actorId, Text(row, 3) ?? "", ticks, Text(row, 5), Text(row, 6), Text(row, 7) ?? "");
        return new AuditRow(row.GetInt64(0), fields, row.GetValue(8) as byte[], wrong);
    }

    protected static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A number that is kept as something else is equal to no entry's.</summary>
    private static long IdOf(DbDataReader row, int column) => row.GetFieldType(column) == typeof(long) && !row.IsDBNull(column) ? row.GetInt64(column) : -1;

    private static string Plain(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
