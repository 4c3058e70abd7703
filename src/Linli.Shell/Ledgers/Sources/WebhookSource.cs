using Linli.Shell.Text;
using Linli.Shell.Webhooks;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>事件推送: whom it is told, and how that goes.</summary>
internal sealed class WebhookSource(ReadWebhooks webhooks) : WholeListSource<ShownWebhook>
{
    public override string Key => "webhooks";
    public override string Zh => "事件推送";
    public override string En => "Webhooks";
    public override Permission Permission => ShellPermissions.ManageWebhooks;

    protected override Task<IReadOnlyList<ListedColumn<ShownWebhook>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<ShownWebhook>>>(
    [
        Column("name", "名称", "Name", CellKind.Text, w => w.Name),
        Column("url", "地址", "Address", CellKind.Text, w => w.Url),
        Column("types", "推送什么", "What is told", CellKind.Text, w => w.Types is null ? Texts.Pick("全部", "All") : Joined(w.Types)),
        Column("isOn", "开着", "On", CellKind.YesNo, w => w.IsOn),
        Column("waiting", "待送", "Waiting", CellKind.Number, w => (decimal)w.Waiting),
        Column("dead", "没送到", "Dead letters", CellKind.Number, w => (decimal)w.Dead),
        Column("lastDeliveredAt", "最近送到", "Last delivered", CellKind.Time, w => w.LastDeliveredAt, period: true),
        Column("failingSince", "从何时送不到", "Failing since", CellKind.Time, w => w.FailingSince, period: true),
        Column("isGivenUp", "多日不通，已关闭", "Given up", CellKind.YesNo, w => w.IsGivenUp),
        Column("area", "区域", "Area", CellKind.Choice, w => w.Area),
        Column("createdAt", "建立时间", "Made", CellKind.Time, w => w.CreatedAt, period: true),
    ]);

    protected override async Task<IEnumerable<ShownWebhook>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await webhooks.AllAsync(query.Reader, cancellation);
}
