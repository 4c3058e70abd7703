using System.Runtime.CompilerServices;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Linli.Shell.Webhooks;

namespace Linli.Shell.Ledgers.Sources;

internal sealed record SentEvent(string Webhook, ShownDelivery Delivery);

/// <summary>推送记录: events on their way to the webhooks that the reader keeps, dead letters among them.</summary>
internal sealed class DeliverySource(ReadWebhooks webhooks) : ListedSource<SentEvent>
{
    public override string Key => "deliveries";
    public override string Zh => "推送记录";
    public override string En => "Deliveries of webhooks";
    public override Permission Permission => ShellPermissions.ManageWebhooks;

    public override Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => ReadAsync(query, cancellation).CountAsync(cancellation).AsTask();

    protected override Task<IReadOnlyList<ListedColumn<SentEvent>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<SentEvent>>>(
    [
        ListedColumn<SentEvent>.Of("webhook", "推送给", "Webhook", CellKind.Choice, d => d.Webhook),
        ListedColumn<SentEvent>.Of("at", "时间", "Time", CellKind.Time, d => d.Delivery.At, period: true),
        ListedColumn<SentEvent>.Of("type", "事件", "Event", CellKind.Choice, d => d.Delivery.Type),
        ListedColumn<SentEvent>.Of("subject", "关于", "About", CellKind.Text, d => d.Delivery.Subject),
        ListedColumn<SentEvent>.Of("state", "状态", "State", CellKind.Choice, d => StateWord(d.Delivery.State)),
        ListedColumn<SentEvent>.Of("tries", "试了几次", "Tries", CellKind.Number, d => (decimal)d.Delivery.Tries.Count),
        ListedColumn<SentEvent>.Of("status", "最近的回答", "Last answer", CellKind.Number, d => (decimal?)LastOf(d)?.Status),
        ListedColumn<SentEvent>.Of("answer", "对方说", "Their words", CellKind.Text, d => LastOf(d)?.Answer),
        ListedColumn<SentEvent>.Of("nextAt", "下次再送", "Next try", CellKind.Time, d => d.Delivery.NextAt),
        ListedColumn<SentEvent>.Of("doneAt", "送完时间", "Done", CellKind.Time, d => d.Delivery.DoneAt),
        ListedColumn<SentEvent>.Of("eventId", "事件编号", "Event id", CellKind.Text, d => d.Delivery.EventId),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<LedgerFilter>>(
        [new("state", "状态", "State", [.. Enum.GetValues<DeliveryState>().Select(s => new Option($"{s}", StateWord(s)))]), new("webhook", "推送给（名称）", "Webhook (name)")]);

    protected override async IAsyncEnumerable<SentEvent> ReadAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DeliveryState? state = Enum.TryParse<DeliveryState>(Asked(query, "state"), out var asked) ? asked : null;
        foreach (var webhook in (await webhooks.AllAsync(query.Reader, cancellation)).Where(w => Asked(query, "webhook") is not { } name || w.Name == name))
        {
            for (long? before = null; ;)
            {
                if (await webhooks.DeliveriesAsync(query.Reader, webhook.Id, state, before, cancellation) is not { Succeeded: true, Value: var page })
                {
                    break;
                }

                foreach (var delivery in page.Items.Where(d => query.Span is not { } span || (d.At >= span.From && d.At < span.Until)))
                {
                    yield return new SentEvent(webhook.Name, delivery);
                }

                if ((before = page.Next) is null)
                {
                    break;
                }
            }
        }
    }

    private static ShownTry? LastOf(SentEvent sent) => sent.Delivery.Tries is [.., var last] ? last : null;

    private static string StateWord(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => Texts.Pick("待送", "Waiting"),
        DeliveryState.Delivered => Texts.Pick("送到", "Delivered"),
        _ => Texts.Pick("没送到", "Dead letter"),
    };
}
