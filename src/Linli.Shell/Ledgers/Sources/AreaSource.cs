using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>区域.</summary>
internal sealed class AreaSource(LinliDb db, Texts texts) : ListedSource<Area>
{
    public override string Key => "areas";
    public override string Zh => "区域";
    public override string En => "Areas";
    public override Permission Permission => Permission.AnyStaff;

    public override Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => Areas(query).CountAsync(cancellation);

    protected override async Task<IReadOnlyList<ListedColumn<Area>>> ColumnsAsync(CancellationToken cancellation)
    {
        var names = await db.Set<Area>().AsNoTracking().Where(a => a.Level <= AreaLevel.Village).Select(a => new { a.Code, a.Name, a.NameEn }).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        return
        [
            ListedColumn<Area>.Of("code", "代码", "Code", CellKind.Text, a => a.Code),
            ListedColumn<Area>.Of("name", "名称", "Name", CellKind.Text, a => Texts.Pick(a.Name, a.NameEn)),
            ListedColumn<Area>.Of("fullName", "全称", "Full name", CellKind.Text, a => a.FullName),
            ListedColumn<Area>.Of("level", "级别", "Level", CellKind.Choice, a => texts[LevelWord(a.Level)], choices: [.. Enum.GetValues<AreaLevel>().Select(l => texts[LevelWord(l)])]),
            ListedColumn<Area>.Of("parent", "上级", "Inside", CellKind.Choice, a => a.ParentCode is { } code ? names.GetValueOrDefault(code) : null),
            ListedColumn<Area>.Of("longitude", "经度", "Longitude", CellKind.Number, a => a.Longitude is { } d ? Math.Round((decimal)d, 6) : null),
            ListedColumn<Area>.Of("latitude", "纬度", "Latitude", CellKind.Number, a => a.Latitude is { } d ? Math.Round((decimal)d, 6) : null),
            ListedColumn<Area>.Of("endedOn", "撤销日期", "Ended on", CellKind.Date, a => a.EndedOn),
        ];
    }

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([new("level", "级别", "Level", [.. Enum.GetValues<AreaLevel>().Select(l => new Option($"{l}", texts[LevelWord(l)]))]), new("within", "在哪里（代码）", "Inside (code)")]);

    protected override IAsyncEnumerable<Area> ReadAsync(LedgerQuery query, CancellationToken cancellation) => Areas(query).OrderBy(a => a.Code).AsAsyncEnumerable();

    private IQueryable<Area> Areas(LedgerQuery query)
    {
        var areas = db.Set<Area>().AsNoTracking();
        areas = Enum.TryParse<AreaLevel>(Asked(query, "level"), out var level) ? areas.Where(a => a.Level == level) : areas;
        return Asked(query, "within") is { } code ? areas.Where(a => a.Code.StartsWith(code)) : areas;
    }

    private static string LevelWord(AreaLevel level) => level switch
    {
        AreaLevel.Province => "省",
        AreaLevel.City => "市",
        AreaLevel.County => "县",
        AreaLevel.Town => "乡镇",
        AreaLevel.Village => "村（社区）",
        _ => "网格",
    };
}
