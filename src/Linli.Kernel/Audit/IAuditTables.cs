using System.Data.Common;

namespace Linli.Kernel.Audit;

/// <summary>One entry as the store holds it, read without EF.</summary>
/// <param name="Malformed">The column that does not look as Linli writes it; null where all do.</param>
public sealed record AuditRow(long Id, AuditFields Fields, byte[]? Mac, string? Malformed)
{
    public DateTimeOffset? At => Fields.Ticks > 0 ? new DateTimeOffset(Fields.Ticks, TimeSpan.Zero) : null;
}

/// <summary>Which transactions may still write, by the numbers that the engine gives them.</summary>
/// <param name="Oldest">The oldest that has not ended.</param>
/// <param name="Next">What the next one will be called.</param>
public readonly record struct WriterTide(long Oldest, long Next);

/// <summary>What can be wrong with a trigger on the tables of the log.</summary>
public enum GuardTrouble
{
    Missing,

    /// <summary>It says something else than Linli's, or is switched off.</summary>
    Changed,

    /// <summary>Not one of Linli's: it could swallow entries.</summary>
    Foreign,
}

public readonly record struct AuditGuard(string Name, GuardTrouble Trouble);

/// <summary>What the audit log asks of an engine in statements of its own: through EF a million entries would take minutes.</summary>
public interface IAuditTables
{
    /// <summary>One state of the store for everything that is read with it; hinders nobody who writes.</summary>
    Task<DbTransaction> BeginReadingAsync(DbConnection store, CancellationToken cancellation);

    /// <summary>The next links in their order.</summary>
    Task<List<AuditLink>> LinksAsync(DbTransaction within, long after, int most, CancellationToken cancellation);

    /// <summary>Entries by id, both ends included.</summary>
    IAsyncEnumerable<AuditRow> EntriesAsync(DbTransaction within, long from, long to, CancellationToken cancellation);

    /// <summary>Entries above an id that no link names, by id.</summary>
    Task<List<AuditRow>> UnsealedAsync(DbTransaction within, long above, int most, CancellationToken cancellation);

    Task AddAsync(DbTransaction within, IReadOnlyList<AuditLink> links, CancellationToken cancellation);

    /// <summary>Null where one writer at a time makes ids and commits go in step.</summary>
    Task<WriterTide?> TideAsync(DbTransaction within, CancellationToken cancellation);

    /// <summary>Triggers against changes that are not there or not as they were made, and triggers that nobody knows.</summary>
    Task<IReadOnlyList<AuditGuard>> WrongGuardsAsync(DbTransaction within, CancellationToken cancellation);
}
