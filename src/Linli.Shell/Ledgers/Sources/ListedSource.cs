using System.Runtime.CompilerServices;
using Linli.Kernel.People;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>A column of a register that is small enough to be read in pages.</summary>
public sealed record ListedColumn<TRow>(LedgerColumn Offer, Func<TRow, object?> Value)
{
    internal static ListedColumn<TRow> Of(string key, string zh, string en, CellKind kind, Func<TRow, object?> value, bool isPersonal = false, IReadOnlyList<string>? choices = null, bool period = false) =>
        new(new LedgerColumn(key, zh, en, kind) { IsPersonal = isPersonal, Choices = choices, HasPeriod = period }, value);
}

/// <summary>Registers that are there anyway, with their own search: organisations, people, areas, the audit log.</summary>
public abstract class ListedSource<TRow> : ILedgerSource
{
    public abstract string Key { get; }
    public abstract string Zh { get; }
    public abstract string En { get; }
    public abstract Permission Permission { get; }

    public async Task<LedgerOffer> OfferAsync(Actor reader, CancellationToken cancellation) => new([.. (await ColumnsAsync(cancellation)).Select(c => c.Offer)], await FiltersAsync(cancellation));

    public abstract Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation);

    public async IAsyncEnumerable<object?[]> RowsAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = await ColumnsAsync(cancellation);
        var chosen = query.Columns.Select(key => all.First(c => c.Offer.Key == key)).ToArray();
        await foreach (var row in ReadAsync(query, cancellation).Take(query.Most).WithCancellation(cancellation))
        {
            yield return Array.ConvertAll(chosen, c => c.Value(row));
        }
    }

    protected abstract Task<IReadOnlyList<ListedColumn<TRow>>> ColumnsAsync(CancellationToken cancellation);

    protected virtual Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<LedgerFilter>>([]);

    protected abstract IAsyncEnumerable<TRow> ReadAsync(LedgerQuery query, CancellationToken cancellation);

    protected static string? Asked(LedgerQuery query, string key) => query.Filters.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
}
