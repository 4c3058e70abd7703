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

/// <summary>What a column is good for where somebody has totals alone, of records that they do not see (<see cref="ILedgerSource.SumsFor"/>).</summary>
public enum TotalUse
{
    /// <summary>Could tell one record from another, or whom it is about: not there.</summary>
    None,

    /// <summary>How many there are; what stands in it is not even read by formulas.</summary>
    Counted,

    /// <summary>Added up, averaged, shared, read by formulas; never shown as it is.</summary>
    Reckoned,

    /// <summary>Also a line of the form for each value.</summary>
    Grouped,
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

    public TotalUse InTotals { get; init; }

    /// <summary>As most columns of a kind are.</summary>
    public static TotalUse UsualInTotals(CellKind kind) => kind switch
    {
        CellKind.Choice or CellKind.YesNo => TotalUse.Grouped,
        CellKind.Text => TotalUse.None,
        CellKind.Time or CellKind.Date => TotalUse.Counted,   // an instant is one record's
        _ => TotalUse.Reckoned,
    };
}

/// <summary>Something that a source can be narrowed by.</summary>
/// <param name="Key">As the list page on screen calls it in its address.</param>
/// <param name="Options">To choose from; null for free words.</param>
/// <param name="IsForTotals">Also for those who have totals alone: it cannot be used to ask what stands in one record.</param>
public sealed record LedgerFilter(string Key, string Zh, string En, IReadOnlyList<Linli.Shell.Pages.Option>? Options = null, bool IsForTotals = false);

/// <summary>What there is to choose from, as this reader may have it.</summary>
public sealed record LedgerOffer(IReadOnlyList<LedgerColumn> Columns, IReadOnlyList<LedgerFilter> Filters)
{
    /// <summary>What is left of it where somebody has totals alone.</summary>
    public LedgerOffer ForTotals() => new(
        [.. Columns.Where(c => c.InTotals != TotalUse.None).Select(c => c.InTotals == TotalUse.Counted ? c with { Kind = CellKind.Text } : c)], [.. Filters.Where(f => f.IsForTotals)]);

    /// <summary>What this reader can use of it at all.</summary>
    public LedgerOffer For(Actor reader, ILedgerSource source) => source.HasLinesFor(reader) ? this : ForTotals();
}

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
/// <param name="IsSummed">Nothing but totals leaves: also of what the reader does not see line by line (<see cref="ILedgerSource.SumsFor"/>).</param>
public sealed record LedgerQuery(
    Actor Reader, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Filters, LedgerSpan? Span, DateTimeOffset Now, int Most = int.MaxValue, bool IsInPerson = false,
    bool IsSummed = false);

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
    /// <param name="reader">Who.</param>
    /// <param name="isSummed">It is a form of totals, for somebody whom the source <see cref="SumsFor"/>.</param>
    bool IsWholeFor(Actor reader, bool isSummed) => true;

    /// <summary>Whose work is figures: has totals of more than the lines that they see, of columns and filters for it alone.</summary>
    bool SumsFor(Actor reader) => false;

    /// <summary>May see any single record at all; otherwise there are forms of totals for them and no lists.</summary>
    bool HasLinesFor(Actor reader) => true;

    /// <summary>The column that tells whom a row is about, where it <see cref="SumsFor"/> somebody: lines of a few of them are not told apart.</summary>
    string? RecordColumn => null;

    Task<LedgerOffer> OfferAsync(Actor reader, CancellationToken cancellation);

    /// <summary>How many rows there will be, for progress; not <see cref="LedgerQuery.Most"/>.</summary>
    Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation);

    IAsyncEnumerable<object?[]> RowsAsync(LedgerQuery query, CancellationToken cancellation);
}
