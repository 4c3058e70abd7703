using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>A column of something that belongs to a request.</summary>
internal sealed record PartColumn<TPart>(LedgerColumn Offer, Func<TPart, object?> Value);

/// <summary>One row for each clock, step or file of the requests that the reader sees; the columns of the request stand beside its own.</summary>
internal abstract class RequestPartSource<TPart>(LinliDb db, RequestFilters filters, RequestColumns columns, RequestFacts facts, TimeProvider time) : ILedgerSource where TPart : class
{
    private const string OfRequest = "request.";
    private const int Batch = 500;

    public abstract string Key { get; }
    public abstract string Zh { get; }
    public abstract string En { get; }
    public Permission Permission => Permission.AnyStaff;

    public bool IsWholeFor(Actor reader, bool isSummed) => isSummed ? RequestAccess.CountsEverything(reader) : RequestAccess.SeesEverything(reader);

    public bool SumsFor(Actor reader) => RequestAccess.CountsMore(reader);

    public bool HasLinesFor(Actor reader) => !RequestAccess.CountsAlone(reader);

    public string? RecordColumn => OfRequest + "number";

    protected LinliDb Db => db;

    public async Task<LedgerOffer> OfferAsync(Actor reader, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return new LedgerOffer(
            [.. (await OwnAsync(now, cancellation)).Select(c => c.Offer), .. (await OfRequestsAsync(reader, now, cancellation)).Select(c => c.Offer)],
            await filters.OfferAsync(reader, cancellation));
    }

    public Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) =>
        Parts(Within(filters.Of(query), query.Span), query.Span).CountAsync(cancellation);

    public async IAsyncEnumerable<object?[]> RowsAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (own, others) = (await OwnAsync(query.Now, cancellation), await OfRequestsAsync(query.Reader, query.Now, cancellation));
        var chosen = query.Columns.Select(key => (Own: own.FirstOrDefault(c => c.Offer.Key == key), Other: others.FirstOrDefault(c => c.Offer.Key == key))).ToArray();
        var needs = chosen.Aggregate(Needs.None, (sum, c) => sum | (c.Other?.Needs ?? Needs.None));
        var left = query.Most;
        await foreach (var batch in facts.ReadAsync(Within(filters.Of(query), query.Span), query, needs, cancellation).Chunk(Batch).WithCancellation(cancellation))
        {
            var ids = batch.Select(f => f.Id).ToList();
            var parts = (await ReadAsync(Parts(db.Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id)), query.Span), cancellation)).ToLookup(RequestOf);
            foreach (var fact in batch)
            {
                foreach (var part in parts[fact.Id])
                {
                    if (left-- <= 0)
                    {
                        yield break;
                    }

                    yield return Array.ConvertAll(chosen, c => c.Own is { } mine ? mine.Value(part) : c.Other!.Value(fact));
                }
            }
        }
    }

    protected abstract Task<IReadOnlyList<PartColumn<TPart>>> OwnAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Of these requests, inside the period.</summary>
    protected abstract IQueryable<TPart> Parts(IQueryable<ServiceRequest> requests, LedgerSpan? span);

    protected abstract Guid RequestOf(TPart part);

    protected virtual Task<List<TPart>> ReadAsync(IQueryable<TPart> parts, CancellationToken cancellation) => parts.ToListAsync(cancellation);

    private static IQueryable<ServiceRequest> Within(IQueryable<ServiceRequest> requests, LedgerSpan? span) =>
        span?.Column.StartsWith(OfRequest, StringComparison.Ordinal) == true ? RequestFilters.Within(requests, span with { Column = span.Column[OfRequest.Length..] }) : requests;

    private async Task<IReadOnlyList<RequestColumn>> OfRequestsAsync(Actor reader, DateTimeOffset now, CancellationToken cancellation) =>
    [
        .. (await columns.ForAsync(reader, now, cancellation)).Select(c => c with { Offer = c.Offer with { Key = OfRequest + c.Offer.Key, Group = c.Offer.Group ?? ("诉求", "Request") } }),
    ];
}
