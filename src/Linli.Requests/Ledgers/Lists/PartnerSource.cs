using Linli.Requests.Handovers;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>外部系统: organisations whose own systems take what is dispatched to them.</summary>
internal sealed class PartnerSource(KeepPartners partners) : WholeListSource<PartnerView>
{
    public override string Key => "partners";
    public override string Zh => "外部系统";
    public override string En => "Systems of others";
    public override Permission Permission => HandoverEndpoints.ManagePartners;

    protected override Task<IReadOnlyList<ListedColumn<PartnerView>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<PartnerView>>>(
    [
        Column("organisation", "单位", "Organisation", CellKind.Text, p => p.OrganisationName),
        Column("url", "地址", "Address", CellKind.Text, p => p.Url),
        Column("services", "转交的事项", "Types handed over", CellKind.Text, p => Joined(p.Services.Select(s => $"{s.Key}={s.Value}"))),
        Column("isActive", "在用", "In use", CellKind.YesNo, p => p.IsActive),
        Column("open", "在途和跟踪中", "On the way or followed", CellKind.Number, p => (decimal)p.Open),
        Column("stuck", "等人处理", "Waiting for somebody", CellKind.Number, p => (decimal)p.Stuck),
        Column("sendsContact", "带联系方式", "Contact is sent", CellKind.YesNo, p => p.SendsContact),
    ]);

    protected override async Task<IEnumerable<PartnerView>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await partners.AllAsync(query.Reader, cancellation);
}
