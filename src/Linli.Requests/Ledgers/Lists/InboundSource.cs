using Linli.Requests.Catalogue;
using Linli.Requests.Inbound.Chat;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Text;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>接入地址: where messages of groups come in; never the address itself, which is a secret.</summary>
internal sealed class InboundSource(KeepAddresses addresses, CatalogueReader catalogue) : WholeListSource<ShownAddress>
{
    public override string Key => "inbound";
    public override string Zh => "群消息接入";
    public override string En => "Inbound addresses";
    public override Permission Permission => InboundPages.Permission;

    protected override async Task<IReadOnlyList<ListedColumn<ShownAddress>>> ColumnsAsync(CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        return
        [
            Column("name", "名称", "Name", CellKind.Text, a => a.Name),
            Column("mapping", "程序", "Program", CellKind.Choice, a => Texts.Pick(a.MappingZh, a.MappingEn)),
            Column("type", "事项", "Type", CellKind.Choice, a => now.Type(a.ServiceType) is { } t ? Texts.Pick(t.NameZh, t.NameEn) : a.ServiceType),
            Column("isActive", "开着", "On", CellKind.YesNo, a => a.IsActive),
            Column("lastAt", "最近一条", "Last message", CellKind.Time, a => a.LastAt, period: true),
            Column("createdAt", "建立时间", "Made", CellKind.Time, a => a.CreatedAt, period: true),
            Column("most", "每小时最多", "Most an hour", CellKind.Number, a => (decimal)a.Most),
        ];
    }

    protected override async Task<IEnumerable<ShownAddress>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await addresses.AllAsync(query.Reader, cancellation);
}
