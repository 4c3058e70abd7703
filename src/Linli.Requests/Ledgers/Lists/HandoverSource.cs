using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Handovers;
using Linli.Shell.Ledgers;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>转交: one row for each time that a request was handed over to another system.</summary>
internal sealed class HandoverSource(LinliDb db, RequestFilters filters, RequestColumns columns, RequestFacts facts, Texts texts, TimeProvider time)
    : RequestPartSource<Handover>(db, filters, columns, facts, time)
{
    public override string Key => "handovers";
    public override string Zh => "转交外部系统";
    public override string En => "Handovers";

    protected override async Task<IReadOnlyList<PartColumn<Handover>>> OwnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var names = await (from p in Db.Set<Partner>().AsNoTracking() join o in Db.Set<Organisation>() on p.OrganisationId equals o.Id select new { p.Id, o.Name, o.NameEn })
            .ToDictionaryAsync(p => p.Id, p => Texts.Pick(p.Name, p.NameEn), cancellation);
        PartColumn<Handover> Of(string key, string zh, string en, CellKind kind, Func<Handover, object?> value, bool period = false) =>
            new(new LedgerColumn(key, zh, en, kind) { HasPeriod = period, InTotals = LedgerColumn.UsualInTotals(kind) }, value);
        return
        [
            Of("partner", "转交给", "Handed over to", CellKind.Choice, h => names.GetValueOrDefault(h.PartnerId)),
            Of("state", "转交状态", "State of the handover", CellKind.Choice, h => StateWord(h.State)),
            Of("createdAt", "开始转交", "Begun", CellKind.Time, h => h.CreatedAt, period: true),
            Of("sentAt", "送到时间", "Arrived", CellKind.Time, h => h.SentAt, period: true),
            Of("attempts", "送了几次", "Attempts", CellKind.Number, h => (decimal)h.Attempts),
            Of("reason", "为什么停在这里", "Why it stands there", CellKind.Text, h => h.Reason is { } reason ? texts[reason] : null),
            Of("externalId", "对方的编号", "Their number", CellKind.Text, h => h.ExternalId),
            Of("externalStatus", "对方的状态", "Their status", CellKind.Choice, h => h.ExternalStatus),
            Of("seenAt", "最近查看", "Last looked", CellKind.Time, h => h.SeenAt),
        ];
    }

    protected override IQueryable<Handover> Parts(IQueryable<ServiceRequest> requests, LedgerSpan? span)
    {
        var handovers = Db.Set<Handover>().AsNoTracking().Where(h => requests.Any(r => r.Id == h.RequestId));
        var (from, until) = (span?.From, span?.Until);
        return span?.Column switch
        {
            "createdAt" => handovers.Where(h => h.CreatedAt >= from && h.CreatedAt < until),
            "sentAt" => handovers.Where(h => h.SentAt >= from && h.SentAt < until),
            _ => handovers,
        };
    }

    protected override Guid RequestOf(Handover part) => part.RequestId;

    protected override Task<List<Handover>> ReadAsync(IQueryable<Handover> parts, CancellationToken cancellation) => parts.OrderBy(h => h.CreatedAt).ThenBy(h => h.Id).ToListAsync(cancellation);

    private static string StateWord(HandoverState state) => state switch
    {
        HandoverState.Waiting or HandoverState.Sending => Texts.Pick("在途", "On its way"),
        HandoverState.Unclear => Texts.Pick("不知道到没到", "Unclear"),
        HandoverState.Refused => Texts.Pick("对方不收", "Refused there"),
        HandoverState.Sent => Texts.Pick("已送到", "Arrived"),
        HandoverState.Ended => Texts.Pick("已结束", "Ended"),
        _ => Texts.Pick("改为人工", "By hand"),
    };
}
