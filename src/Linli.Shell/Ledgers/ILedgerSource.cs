using Linli.Kernel.People;

namespace Linli.Shell.Ledgers;

/// <summary>What stands in the cells of a column.</summary>
public enum CellKind
{
    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary><see cref="decimal"/>.</summary>
    Number,

    /// <summary><see cref="DateOnly"/>.</summary>
    Date,

    /// <summary><see cref="DateTimeOffset"/>.</summary>
    Time,

    /// <summary><see cref="bool"/>.</summary>
    YesNo,

    /// <summary><see cref="string"/>, one of <see cref="LedgerColumn.Choices"/> as far as those are known.</summary>
    Choice,

    /// <summary><see cref="decimal"/>, hours.</summary>
    Hours,
}

/// <summary>A column that a source offers.</summary>
/// <param name="Key">Stable; part of saved ledgers and of the API.</param>
/// <param name="Zh">Usual heading.</param>
/// <param name="En">The same in English.</param>
public sealed record LedgerColumn(string Key, string Zh, string En, CellKind Kind)
{
    /// <summary>Under which heading it stands in the list to choose from: the form of a service type, the clocks.</summary>
    public (string Zh, string En)? Group { get; init; }

    /// <summary>What may stand in it, in its order and in the reader's language: those who group by it can list what is not there too.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Can be narrowed to a period by the source itself.</summary>
    public bool HasPeriod { get; init; }

    /// <summary>Personal data. That somebody takes it along is an entry of the audit log.</summary>
    public bool IsPersonal { get; init; }
}

/// <summary>Something that a source can be narrowed by.</summary>
/// <param name="Key">As the list page on screen calls it in its address.</param>
/// <param name="Options">To choose from; null for free words.</param>
public sealed record LedgerFilter(string Key, string Zh, string En, IReadOnlyList<Linli.Shell.Pages.Option>? Options = null);

/// <summary>What there is to choose from, as this reader may have it.</summary>
public sealed record LedgerOffer(IReadOnlyList<LedgerColumn> Columns, IReadOnlyList<LedgerFilter> Filters);

/// <summary>A period: from the first instant to before the second.</summary>
/// <param name="Column">A column with <see cref="LedgerColumn.HasPeriod"/>.</param>
public sealed record LedgerSpan(string Column, DateTimeOffset From, DateTimeOffset Until);

/// <summary>What is asked of a source.</summary>
/// <param name="Reader">Whose permissions, reach and masking apply.</param>
/// <param name="Columns">Keys; every row has its values in this order.</param>
/// <param name="Filters">By <see cref="LedgerFilter.Key"/>.</param>
/// <param name="Now">The moment of the run: what is overdue is so at this time.</param>
/// <param name="Most">No more rows than these.</param>
/// <param name="IsInPerson">The reader asked now, and is not a timetable: what was opened to them may be read.</param>
public sealed record LedgerQuery(
    Actor Reader, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Filters, LedgerSpan? Span, DateTimeOffset Now, int Most = int.MaxValue, bool IsInPerson = false);

/// <summary>
/// Records that ledgers can be made of; a module registers any number. It answers for who may see what: rows are those that the reader sees on screen,
/// values are masked as there. Rows come in a stable order, and no more than a few thousand are held at a time.
/// </summary>
public interface ILedgerSource
{
    /// <summary>Stable; part of saved ledgers and of the API.</summary>
    string Key { get; }

    string Zh { get; }

    string En { get; }

    /// <summary>Who may make and read ledgers of it at all.</summary>
    Permission Permission { get; }

    /// <summary>Nothing is kept from this reader. Otherwise it stands under the title: figures of a part must not pass for those of the county.</summary>
    bool IsWholeFor(Actor reader) => true;

    Task<LedgerOffer> OfferAsync(Actor reader, CancellationToken cancellation);

    /// <summary>How many rows there will be, for progress; not <see cref="LedgerQuery.Most"/>.</summary>
    Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation);

    IAsyncEnumerable<object?[]> RowsAsync(LedgerQuery query, CancellationToken cancellation);
}
