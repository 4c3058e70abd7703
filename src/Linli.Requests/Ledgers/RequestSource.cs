using System.Runtime.CompilerServices;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>诉求: one row for each request that the reader sees on the workbench.</summary>
internal sealed class RequestSource(RequestFilters filters, RequestColumns columns, RequestFacts facts, TimeProvider time) : ILedgerSource
{
    public string Key => "requests";
    public string Zh => "诉求";
    public string En => "Requests";
    public Permission Permission => Permission.AnyStaff;

    public bool IsWholeFor(Actor reader, bool isSummed) => isSummed ? RequestAccess.CountsEverything(reader) : RequestAccess.SeesEverything(reader);

    public bool SumsFor(Actor reader) => RequestAccess.CountsMore(reader);

    public bool HasLinesFor(Actor reader) => !RequestAccess.CountsAlone(reader);

    public string? RecordColumn => "number";

    public async Task<LedgerOffer> OfferAsync(Actor reader, CancellationToken cancellation) =>
        new([.. (await columns.ForAsync(reader, time.GetUtcNow(), cancellation)).Select(c => c.Offer)], await filters.OfferAsync(reader, cancellation));

    public Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => Requests(query).CountAsync(cancellation);

    public async IAsyncEnumerable<object?[]> RowsAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = await columns.ForAsync(query.Reader, query.Now, cancellation);
        var chosen = query.Columns.Select(key => all.First(c => c.Offer.Key == key)).ToArray();
        var needs = chosen.Aggregate(Needs.None, (sum, c) => sum | c.Needs);
        await foreach (var fact in facts.ReadAsync(Requests(query), query, needs, cancellation))
        {
            yield return Array.ConvertAll(chosen, c => c.Value(fact));
        }
    }

    private IQueryable<ServiceRequest> Requests(LedgerQuery query) => filters.Of(query) is var found && query.Span is { } span ? RequestFilters.Within(found, span) : found;
}
