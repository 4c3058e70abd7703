using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Shell.Organisations;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>单位.</summary>
internal sealed class OrganisationSource(LinliDb db, ReadOrganisations organisations) : ListedSource<Organisation>
{
    public override string Key => "organisations";
    public override string Zh => "单位";
    public override string En => "Organisations";
    public override Permission Permission => Permission.AnyStaff;

    public override async Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => (await organisations.ListAsync(Asked(query, "search"), KindOf(query), 1, cancellation)).Total;

    protected override async Task<IReadOnlyList<ListedColumn<Organisation>>> ColumnsAsync(CancellationToken cancellation)
    {
        var areas = await db.Set<Area>().AsNoTracking().Select(a => new { a.Code, a.Name, a.NameEn }).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        var names = await db.Set<Organisation>().AsNoTracking().Select(o => new { o.Id, o.Name, o.NameEn }).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        return
        [
            ListedColumn<Organisation>.Of("code", "代码", "Code", CellKind.Text, o => o.Code),
            ListedColumn<Organisation>.Of("name", "名称", "Name", CellKind.Text, o => Texts.Pick(o.Name, o.NameEn)),
            ListedColumn<Organisation>.Of("shortName", "简称", "Short name", CellKind.Text, o => o.ShortName),
            ListedColumn<Organisation>.Of("kind", "类型", "Kind", CellKind.Choice, o => KindName.Show(o.Kind), choices: [.. Enum.GetValues<OrganisationKind>().Select(KindName.Show)]),
            ListedColumn<Organisation>.Of("parent", "上级单位", "Above it", CellKind.Choice, o => o.ParentId is { } id ? names.GetValueOrDefault(id) : null),
            ListedColumn<Organisation>.Of("area", "区域", "Area", CellKind.Choice, o => areas.GetValueOrDefault(o.AreaCode)),
            ListedColumn<Organisation>.Of("address", "地址", "Address", CellKind.Text, o => o.Address),
            ListedColumn<Organisation>.Of("phone", "办公电话", "Office telephone", CellKind.Text, o => o.Phone),
            ListedColumn<Organisation>.Of("creditCode", "统一社会信用代码", "Credit code", CellKind.Text, o => o.CreditCode),
            ListedColumn<Organisation>.Of("isAllianceMember", "联盟成员", "In the alliance", CellKind.YesNo, o => o.IsAllianceMember),
            ListedColumn<Organisation>.Of("isActive", "在用", "In use", CellKind.YesNo, o => o.IsActive),
        ];
    }

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<LedgerFilter>>(
        [new("search", "名称或代码", "Name or code"), new("kind", "类型", "Kind", [.. Enum.GetValues<OrganisationKind>().Select(k => new Option($"{k}", KindName.Show(k)))])]);

    protected override async IAsyncEnumerable<Organisation> ReadAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = 1; ; page++)
        {
            var list = await organisations.ListAsync(Asked(query, "search"), KindOf(query), page, cancellation);
            foreach (var organisation in list.Items)
            {
                yield return organisation;
            }

            if (page >= list.Pages)
            {
                yield break;
            }
        }
    }

    private static OrganisationKind? KindOf(LedgerQuery query) => Enum.TryParse<OrganisationKind>(Asked(query, "kind"), out var kind) ? kind : null;
}
