using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Ledgers;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Linli.Shell;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>事项: the catalogue.</summary>
internal sealed class TypeSource(LinliDb db, CatalogueReader catalogue) : WholeListSource<ServiceType>
{
    public override string Key => "types";
    public override string Zh => "事项目录";
    public override string En => "Catalogue of types";
    public override Permission Permission => Permission.AnyStaff;

    protected override async Task<IReadOnlyList<ListedColumn<ServiceType>>> ColumnsAsync(CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        return
        [
            Column("code", "代码", "Code", CellKind.Text, t => t.Code),
            Column("name", "名称", "Name", CellKind.Text, t => Texts.Pick(t.NameZh, t.NameEn)),
            Column("group", "类别", "Group", CellKind.Choice, t => now.Group(t.GroupCode) is { } g ? Texts.Pick(g.NameZh, g.NameEn) : null),
            Column("urgency", "缓急", "Urgency", CellKind.Choice, t => UrgencyWord(t.Urgency)),
            Column("dispatch", "派单时限", "To dispatch", CellKind.Text, t => WordsOf(t, ClockKind.Dispatch)),
            Column("contact", "联系时限", "To contact", CellKind.Text, t => WordsOf(t, ClockKind.Contact)),
            Column("resolve", "办结时限", "To resolve", CellKind.Text, t => WordsOf(t, ClockKind.Resolve)),
            Column("visibility", "是否公开", "Public", CellKind.Choice, t => VisibilityWord(t.Visibility)),
            Column("allowsAnonymous", "可匿名", "Without a name", CellKind.YesNo, t => t.AllowsAnonymous),
            Column("isContactRequired", "必须留联系方式", "Contact needed", CellKind.YesNo, t => t.IsContactRequired),
            Column("isSensitive", "敏感", "Sensitive", CellKind.YesNo, t => t.IsSensitive),
            Column("verifiesEvery", "件件核实", "Every one verified", CellKind.YesNo, t => t.VerifiesEvery),
            Column("fieldCount", "表单项数", "Fields of its form", CellKind.Number, t => (decimal)t.Fields.Count),
            Column("retentionMonths", "个人信息保留（月）", "Months kept", CellKind.Number, t => (decimal)t.RetentionMonths),
            Column("description", "说明", "Description", CellKind.Text, t => Texts.Pick(t.DescriptionZh, t.DescriptionEn)),
            Column("source", "依据", "Source", CellKind.Text, t => t.Source),
            Column("isActive", "在用", "In use", CellKind.YesNo, t => t.IsActive),
        ];
    }

    protected override async Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        [new("group", "类别", "Group", [.. (await catalogue.NowAsync(cancellation)).Groups.Select(g => new Option(g.Code, Texts.Pick(g.NameZh, g.NameEn)))])];

    protected override async Task<IEnumerable<ServiceType>> AllAsync(LedgerQuery query, CancellationToken cancellation)
    {
        var group = Asked(query, "group");
        return await db.Set<ServiceType>().AsNoTracking().Where(t => group == null || t.GroupCode == group).OrderBy(t => t.GroupCode).ThenBy(t => t.Order).ThenBy(t => t.Code).ToListAsync(cancellation);
    }

    private static string WordsOf(ServiceType type, ClockKind clock) => type.BudgetOf(clock).Words is var words ? Texts.Pick(words.Zh, words.En) : "";

    private static string UrgencyWord(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => Texts.Pick("紧急", "Emergency"),
        Urgency.Utility => Texts.Pick("水电气暖", "Utility"),
        _ => Texts.Pick("一般", "Ordinary"),
    };

    private static string VisibilityWord(Visibility visibility) => visibility switch
    {
        Visibility.Public => Texts.Pick("公开", "Public"),
        Visibility.AfterCheck => Texts.Pick("看过再公开", "After a check"),
        _ => Texts.Pick("不公开", "Private"),
    };
}
