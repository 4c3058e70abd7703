using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.OpenData;

/// <summary>
/// What is in the bundle. Nothing that a resident wrote, no time nearer than the day, no place nearer than the village; of what is not public only counts, and
/// none of fewer than ten. docs/decisions/0035-api-promises.md
/// </summary>
internal sealed class BundleTables(LinliDb db)
{
    /// <summary>So many requests are behind a published count at least.</summary>
    public const int Least = 10;
    private const int TownDigits = 9;

    public async Task<IReadOnlyList<BundleTable>> ReadAsync(DateTimeOffset until, CancellationToken cancellation) =>
        [await RequestsAsync(until, cancellation), await CountsAsync(until, cancellation), await TypesAsync(cancellation), await OrganisationsAsync(cancellation), await AreasAsync(cancellation)];

    private async Task<BundleTable> RequestsAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var rows = await (from r in db.Set<ServiceRequest>().AsNoTracking().VisibleToAll().Where(r => !r.IsSensitive && r.AnonymisedAt == null && r.ReportedAt < until).OrderBy(r => r.ReportedAt).ThenBy(r => r.Id)
                          join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                          from o in leads.DefaultIfEmpty()
                          select new { r.Number, r.ServiceTypeCode, r.GroupCode, r.AreaCode, r.State, r.ReportedAt, r.DispatchedAt, r.ResolvedAt, r.ClosedAt, Lead = o == null ? null : o.Code, r.ReturnCount, r.ReopenCount, r.Supporters }).ToListAsync(cancellation);
        return new("requests", "公开的诉求", "Public requests",
            [
                new("number", "string", "诉求编号", "Number of the request"), new("service_type", "string", "事项代码，见 service-types.csv", "Code of the service type, see service-types.csv"),
                new("service_group", "string", "分组代码", "Code of the service group"), new("area", "string", "区域代码，最细到村，见 areas.csv", "Code of the area, down to the village, see areas.csv"),
                new("state", "string", "状态", "State of its life"), new("reported_on", "date", "提交日期", "Day of the report"), new("dispatched_on", "date", "派单日期", "Day on which it was given to somebody"),
                new("resolved_on", "date", "办结日期", "Day on which it was resolved"), new("closed_on", "date", "结案日期", "Day on which it was closed"), new("lead", "string", "主办单位代码，见 organisations.csv", "Code of the lead organisation, see organisations.csv"),
                new("returns", "integer", "退单次数", "How often it was returned"), new("reopenings", "integer", "重办次数", "How often it was reopened"), new("supporters", "integer", "有多少人反映", "How many people asked for the same"),
            ],
            [
                .. rows.Select(r => new[]
                {
                    r.Number, r.ServiceTypeCode, r.GroupCode ?? "", r.AreaCode is { Length: > 12 } grid ? grid[..12] : r.AreaCode ?? "", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{r.State}"),
                    Day(r.ReportedAt), Day(r.DispatchedAt), Day(r.ResolvedAt), Day(r.ClosedAt), r.Lead ?? "", Number(r.ReturnCount), Number(r.ReopenCount), Number(r.Supporters),
                }),
            ]);
    }

    /// <summary>
    /// Counts of all requests that are not sensitive. A cell is left out when it has fewer than ten, and also when fewer than ten of it are not public: the public ones
    /// stand in the other table, and what remains after subtracting them would be a small group. Months that are over alone: from one night to the next a count
    /// that grows by one would tell of a single request.
    /// </summary>
    private async Task<BundleTable> CountsAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var thisMonth = LocalTime.Of(until).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var shown = db.Set<ServiceRequest>().VisibleToAll();
        var all = db.Set<ServiceRequest>().AsNoTracking().Where(r => !r.IsSensitive && r.AboutOrganisationId == null && r.AboutPersonIndex == null && r.ReportedAt < until);
        var rows = await all.Select(r => new { r.ReportedAt, r.AreaCode, r.GroupCode, IsPublic = shown.Any(s => s.Id == r.Id), r.ResolvedAt }).ToListAsync(cancellation);
        var cells = rows.GroupBy(r => (Month: LocalTime.Of(r.ReportedAt).ToString("yyyy-MM", CultureInfo.InvariantCulture), Town: r.AreaCode is { Length: >= TownDigits } code ? code[..TownDigits] : "", Group: r.GroupCode ?? ""))
            .Select(c => (c.Key, All: c.Count(), Hidden: c.Count(r => !r.IsPublic))).Where(c => MayBeTold(c.All, c.Hidden) && string.CompareOrdinal(c.Key.Month, thisMonth) < 0);
        return new("counts", "按月、乡镇、分组的件数", "Counts by month, town and service group",
            [
                new("month", "yearmonth", "月份", "Month"), new("town", "string", "乡镇代码", "Code of the town"), new("service_group", "string", "分组代码", "Code of the service group"),
                new("requests", "integer", "件数；不足 10 件的不列，当月的不列", "How many; left out below ten, and for the month that is not over"),
            ],
            [.. cells.OrderBy(c => c.Key).Select(c => new[] { c.Key.Month, c.Key.Town, c.Key.Group, Number(c.All) })]);
    }

    /// <param name="all">Requests of the cell.</param>
    /// <param name="hidden">Those of them that are not public.</param>
    internal static bool MayBeTold(int all, int hidden) => all >= Least && hidden is 0 or >= Least;

    private async Task<BundleTable> TypesAsync(CancellationToken cancellation) => new("service_types", "事项", "Service types",
        [
            new("code", "string", "代码", "Code"), new("name_zh", "string", "中文名称", "Chinese name"), new("name_en", "string", "英文名称", "English name"),
            new("service_group", "string", "分组代码", "Code of its group"), new("group_zh", "string", "分组中文名称", "Chinese name of its group"), new("group_en", "string", "分组英文名称", "English name of its group"),
        ],
        (await (from t in db.Set<ServiceType>().AsNoTracking() join g in db.Set<ServiceGroup>() on t.GroupCode equals g.Code orderby t.Code select new { t.Code, t.NameZh, t.NameEn, t.GroupCode, Zh = g.NameZh, En = g.NameEn }).ToListAsync(cancellation))
            .ConvertAll(t => new[] { t.Code, t.NameZh, t.NameEn, t.GroupCode, t.Zh, t.En }));

    private async Task<BundleTable> OrganisationsAsync(CancellationToken cancellation) => new("organisations", "单位", "Organisations",
        [new("code", "string", "代码", "Code"), new("name_zh", "string", "中文名称", "Chinese name"), new("name_en", "string", "英文名称", "English name"), new("kind", "string", "类型", "Kind")],
        (await db.Set<Organisation>().AsNoTracking().OrderBy(o => o.Code).Select(o => new { o.Code, o.Name, o.NameEn, o.Kind }).ToListAsync(cancellation))
            .ConvertAll(o => new[] { o.Code, o.Name, o.NameEn ?? "", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{o.Kind}") }));

    private async Task<BundleTable> AreasAsync(CancellationToken cancellation) => new("areas", "区域", "Areas",
        [
            new("code", "string", "代码（GB/T 2260、GB/T 10114）", "Code (GB/T 2260, GB/T 10114)"), new("parent_code", "string", "上级代码", "Code of the area above"), new("level", "string", "层级", "Level"),
            new("name_zh", "string", "中文名称", "Chinese name"), new("name_en", "string", "英文名称", "English name"),
            new("longitude", "number", "代表点经度，WGS 84", "Longitude of a representative point, WGS 84"), new("latitude", "number", "代表点纬度，WGS 84", "Latitude of a representative point, WGS 84"),
        ],
        (await db.Set<Area>().AsNoTracking().Where(a => a.EndedOn == null && a.Level <= AreaLevel.Village).OrderBy(a => a.Code).Select(a => new { a.Code, a.ParentCode, a.Level, a.Name, a.NameEn, a.Longitude, a.Latitude }).ToListAsync(cancellation))
            .ConvertAll(a => new[] { a.Code, a.ParentCode ?? "", $"{a.Level}".ToLowerInvariant(), a.Name, a.NameEn ?? "", Degrees(a.Longitude), Degrees(a.Latitude) }));

    private static string Day(DateTimeOffset? at) => at is { } time ? LocalTime.Of(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Degrees(double? degrees) => degrees?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
