using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>责任分工: who answers for what, where, at what hours.</summary>
internal sealed class ResponsibilitySource(LinliDb db, CatalogueReader catalogue) : WholeListSource<Responsibility>
{
    public override string Key => "responsibilities";
    public override string Zh => "责任分工";
    public override string En => "Responsibilities";
    public override Permission Permission => Permission.AnyStaff;

    protected override async Task<IReadOnlyList<ListedColumn<Responsibility>>> ColumnsAsync(CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        var areas = await db.Set<Area>().AsNoTracking().Select(a => new { a.Code, a.Name, a.NameEn }).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        var organisations = await db.Set<Organisation>().AsNoTracking().Select(o => new { o.Id, o.Name, o.NameEn }).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        return
        [
            Column("type", "事项", "Type", CellKind.Choice, l => now.Type(l.ServiceTypeCode) is { } t ? Texts.Pick(t.NameZh, t.NameEn) : null),
            Column("group", "类别", "Group", CellKind.Choice, l => (l.GroupCode ?? now.Type(l.ServiceTypeCode)?.GroupCode) is { } code && now.Group(code) is { } g ? Texts.Pick(g.NameZh, g.NameEn) : null),
            Column("area", "区域", "Area", CellKind.Choice, l => areas.GetValueOrDefault(l.AreaCode)),
            Column("organisation", "单位", "Organisation", CellKind.Choice, l => organisations.GetValueOrDefault(l.OrganisationId)),
            Column("hours", "时段", "Hours", CellKind.Text, l => l.HoursFrom is { } from && l.HoursUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm}–{until:HH:mm}") : null),
            Column("isNightDuty", "夜间值守", "Night duty", CellKind.YesNo, l => l.IsNightDuty),
            Column("site", "场所、设施", "Site", CellKind.Text, l => l.Site),
            Column("from", "从", "From", CellKind.Date, l => l.From),
            Column("until", "到", "Until", CellKind.Date, l => l.Until),
            Column("source", "依据", "Source", CellKind.Text, l => l.Source),
        ];
    }

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([new("type", "事项代码", "Code of a type"), new("area", "区域代码", "Code of an area")]);

    protected override async Task<IEnumerable<Responsibility>> AllAsync(LedgerQuery query, CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        var lines = Asked(query, "type") is { } code ? now.Type(code) is { } type ? now.LinesFor(type) : [] : now.Lines;
        return Asked(query, "area") is { } area ? lines.Where(l => l.AreaCode.StartsWith(area, StringComparison.Ordinal)) : lines;
    }
}
