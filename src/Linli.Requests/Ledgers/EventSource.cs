using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Life;
using Linli.Shell.Ledgers;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>办理记录: one row for each step that was taken.</summary>
internal sealed class EventSource(LinliDb db, RequestFilters filters, RequestColumns columns, RequestFacts facts, Texts texts, TimeProvider time)
    : RequestPartSource<RequestEvent>(db, filters, columns, facts, time)
{
    public override string Key => "events";
    public override string Zh => "办理记录";
    public override string En => "Steps taken";

    protected override async Task<IReadOnlyList<PartColumn<RequestEvent>>> OwnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var organisations = await Db.Set<Organisation>().AsNoTracking().Select(o => new { o.Id, o.Name, o.NameEn }).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        PartColumn<RequestEvent> Of(string key, string zh, string en, CellKind kind, Func<RequestEvent, object?> value, bool period = false, IReadOnlyList<string>? choices = null) =>
            new(new LedgerColumn(key, zh, en, kind) { HasPeriod = period, Choices = choices, InTotals = LedgerColumn.UsualInTotals(kind) }, value);
        return
        [
            Of("at", "时间", "Time", CellKind.Time, e => e.At, period: true),
            Of("step", "步骤", "Step", CellKind.Choice, e => texts[LifeTexts.Of(e.Step).Key], choices: [.. Enum.GetValues<Step>().Select(s => texts[LifeTexts.Of(s).Key])]),
            Of("from", "之前状态", "From", CellKind.Choice, e => texts[LifeTexts.Of(e.From).Key]),
            Of("to", "之后状态", "To", CellKind.Choice, e => texts[LifeTexts.Of(e.To).Key]),
            Of("by", "谁办的", "By", CellKind.Text, e => e.Actor == ActorKind.Staff ? e.ActorName : texts[LifeTexts.Of(e.Actor).Key]),
            Of("organisation", "单位", "Organisation", CellKind.Choice, e => e.OrganisationId is { } id ? organisations.GetValueOrDefault(id) : null),

            // The words of a merge are the number of another request, which the reader may not know.
            Of("words", "说明", "Words", CellKind.Text, e => e.Step is Step.Merge or Step.Unmerge ? null : e.Text),
            Of("internalWords", "内部说明", "Words among staff", CellKind.Text, e => e.Step is Step.Merge or Step.Unmerge ? null : e.InternalText),
        ];
    }

    protected override IQueryable<RequestEvent> Parts(IQueryable<ServiceRequest> requests, LedgerSpan? span)
    {
        var events = requests.SelectMany(r => r.Events);
        var (from, until) = (span?.From, span?.Until);
        return span?.Column == "at" ? events.Where(e => e.At >= from && e.At < until) : events;
    }

    protected override Guid RequestOf(RequestEvent part) => part.RequestId;

    protected override Task<List<RequestEvent>> ReadAsync(IQueryable<RequestEvent> parts, CancellationToken cancellation) =>
        parts.AsNoTracking().OrderBy(e => e.RequestId).ThenBy(e => e.Sequence).ToListAsync(cancellation);
}
