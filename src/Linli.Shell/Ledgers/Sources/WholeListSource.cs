using System.Runtime.CompilerServices;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>A list that is read in one piece because it is never long: keys, invitations, imports. A period is looked for in what was read.</summary>
public abstract class WholeListSource<TRow> : ListedSource<TRow>
{
    public sealed override Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => ReadAsync(query, cancellation).CountAsync(cancellation).AsTask();

    /// <summary>What the list on screen shows this reader, in its order.</summary>
    protected abstract Task<IEnumerable<TRow>> AllAsync(LedgerQuery query, CancellationToken cancellation);

    protected sealed override async IAsyncEnumerable<TRow> ReadAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var period = query.Span is { } span ? (await ColumnsAsync(cancellation)).First(c => c.Offer.Key == span.Column).Value : null;
        foreach (var row in await AllAsync(query, cancellation))
        {
            if (period is null || (period(row) is DateTimeOffset at && at >= query.Span!.From && at < query.Span.Until))
            {
                yield return row;
            }
        }
    }

    protected static ListedColumn<TRow> Column(string key, string zh, string en, CellKind kind, Func<TRow, object?> value, bool isPersonal = false, bool period = false) =>
        ListedColumn<TRow>.Of(key, zh, en, kind, value, isPersonal, period: period);

    protected static string? Joined(IEnumerable<string>? some) => some is null ? null : string.Join(Text.Texts.IsEnglish ? ", " : "、", some);
}
