using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Requests.Work;
using Linli.Shell.Ledgers;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>What ledgers about requests are narrowed by: the same as the list on screen, under the same names.</summary>
internal sealed class RequestFilters(LinliDb db, CatalogueShelf shelf, QueueQuery queues, Texts texts)
{
    public async Task<IReadOnlyList<LedgerFilter>> OfferAsync(Actor reader, CancellationToken cancellation)
    {
        var catalogue = await shelf.TakeAsync(db, cancellation);
        var organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Kind).ThenBy(o => o.Code).Select(o => new { o.Code, o.Name, o.NameEn }).ToListAsync(cancellation);
        return
        [
            new("queue", "范围", "Queue", [.. QueueQuery.QueuesOf(reader).Where(q => q != QueueKind.All).Select(q => new Option($"{q}", texts[QueueTexts.Of(q).Key]))]),
            new("state", "状态", "State", [.. Enum.GetValues<RequestState>().Select(s => new Option($"{s}", texts[LifeTexts.Of(s).Key]))], IsForTotals: true),
            new("group", "类别", "Group", [.. catalogue.Groups.Select(g => new Option(g.Code, Texts.Pick(g.NameZh, g.NameEn)))], IsForTotals: true),
            new("type", "事项", "Type", [.. catalogue.Types.Select(t => new Option(t.Code, Texts.Pick(t.NameZh, t.NameEn), catalogue.Group(t.GroupCode) is { } g ? Texts.Pick(g.NameZh, g.NameEn) : null))], IsForTotals: true),
            new("area", "区域", "Area", [.. (await TownsAsync(db, cancellation)).Select(t => new Option(t.Code, Texts.Pick(t.Name, t.NameEn)))], IsForTotals: true),
            new("organisation", "主办单位", "Lead organisation", [.. organisations.Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn)))], IsForTotals: true),
            new("late", "是否超时", "Late", [new Option("true", texts["只要超时的"])], IsForTotals: true),
            new("words", "关键词", "Words"),
        ];
    }

    /// <summary>The requests that the reader may see, narrowed; a period of requests where the span is about one of their own columns.</summary>
    public IQueryable<ServiceRequest> Of(LedgerQuery query)
    {
        string? Text(string key) => query.Filters.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
        T? Parsed<T>(string key) where T : struct, Enum => Enum.TryParse<T>(Text(key), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
        var filter = new QueueFilter(
            Parsed<QueueKind>("queue") ?? QueueKind.All, Text("words"), Parsed<RequestState>("state"), Text("type"), Text("group"), Text("area"), Text("organisation"), Text("late") == "true");
        return query.IsSummed ? queues.Counted(filter with { Queue = QueueKind.All, Words = null }, query.Reader) : queues.Matching(filter, query.Reader);
    }

    public static async Task<IReadOnlyList<Area>> TownsAsync(LinliDb db, CancellationToken cancellation) =>
        await db.Set<Area>().AsNoTracking().Where(a => a.Level == AreaLevel.Town && a.EndedOn == null).OrderBy(a => a.Code).ToListAsync(cancellation);

    public static IQueryable<ServiceRequest> Within(IQueryable<ServiceRequest> requests, LedgerSpan span)
    {
        var (from, until) = (span.From, span.Until);
        return span.Column switch
        {
            "reportedAt" => requests.Where(r => r.ReportedAt >= from && r.ReportedAt < until),
            "dispatchedAt" => requests.Where(r => r.DispatchedAt >= from && r.DispatchedAt < until),
            "contactedAt" => requests.Where(r => r.ContactedAt >= from && r.ContactedAt < until),
            "resolvedAt" => requests.Where(r => r.ResolvedAt >= from && r.ResolvedAt < until),
            "ratedAt" => requests.Where(r => r.RatedAt >= from && r.RatedAt < until),
            "closedAt" => requests.Where(r => r.ClosedAt >= from && r.ClosedAt < until),
            "nextDueAt" => requests.Where(r => r.NextDueAt >= from && r.NextDueAt < until),
            "updatedAt" => requests.Where(r => r.UpdatedAt >= from && r.UpdatedAt < until),
            _ => throw new ArgumentOutOfRangeException(nameof(span), span.Column, null),
        };
    }
}
