using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <summary>Areas by their codes, each after the one above it. What a file does not name stays: areas end with <see cref="ImportAreas"/>.</summary>
internal sealed class AreaRows(LinliDb db, KeepArea keep, UsesOf uses, AreaMaps maps) : IRowTarget
{
    private static readonly string[] Columns = ["AreaCode", "Area", "ParentCode"];

    public ImportKind Kind => ImportKind.Areas;

    public IEnumerable<string> NamesOf(ImportSheet sheet, ImportRow row) => KeepArea.CodeOf(sheet.Cell(row, "code")) is { } code ? [code] : [];

    public string? KeyOf(ImportSheet sheet, ImportRow row) => KeepArea.CodeOf(sheet.Cell(row, "code"));

    public IEnumerable<string> ReachesOf(ImportSheet sheet, ImportRow row) => KeepArea.CodeOf(sheet.Cell(row, "code")) is { } code
        ? Enum.GetValues<AreaLevel>().Select(l => AreaCode.UpTo(code, l)).OfType<string>().Where(above => above != code) : [];

    public async Task<Outcome<TakenRow>> TakeAsync(Actor by, ImportSheet sheet, ImportRow row, CancellationToken cancellation)
    {
        var code = KeepArea.CodeOf(sheet.Cell(row, "code"));
        var (longitude, latitude) = (sheet.Cell(row, "longitude"), sheet.Cell(row, "latitude"));
        var (x, y) = (NumberOf(longitude), NumberOf(latitude));
        if ((longitude ?? latitude) is not null && (x is null || y is null))
        {
            return new Failure.Invalid(x is null ? "longitude" : "latitude", "经纬度“{0}, {1}”应同时填写，且为数字。", longitude ?? "", latitude ?? "");
        }

        if (!AdministratorReach.Covers(by, null) && !AdministratorReach.Covers(by, code ?? ""))
        {
            return AdministratorReach.Beyond;
        }

        var there = await db.Set<Area>().AsNoTracking().SingleOrDefaultAsync(a => a.Code == code, cancellation);
        var input = new AreaInput(code, sheet.Cell(row, "name"), sheet.Choice.Columns.ContainsKey("nameEn") ? sheet.Cell(row, "nameEn") : there?.NameEn, x is null ? null : new GeoPoint(x.Value, y!.Value));
        var done = await keep.PutAsync(by, input, cancellation);
        if (!done.Succeeded)
        {
            return done.Failure;
        }

        var isRenamed = there is not null && there.Name != done.Value.Name;
        var below = isRenamed ? await db.Set<Area>().CountAsync(a => a.Code != code && a.Code.StartsWith(code!), cancellation) : 0;
        return new TakenRow(code!, MarkOf(done.Value), there is null ? null : JsonSerializer.Serialize(Kept.Of(there), Json.Plain), there is not null && MarkOf(there) == MarkOf(done.Value))
        {
            Changes = isRenamed ? [new FieldProblem("name", "{0} → {1}", there!.Name, done.Value.Name)] : [],
            Warning = below > 0 ? new FieldProblem("name", "它下面 {0} 个区域的全称跟着改。", below) : null,
        };
    }

    public async Task<FieldProblem?> UndoAsync(Actor by, ImportItem item, string? before, CancellationToken cancellation)
    {
        if (await db.Set<Area>().SingleOrDefaultAsync(a => a.Code == item.Subject, cancellation) is not { } area)
        {
            return null;
        }

        if (MarkOf(area) != item.Mark)
        {
            return new FieldProblem("row", "区域 {0} 导入以后又改过。", area.Name);
        }

        if (before is not null)
        {
            var was = JsonSerializer.Deserialize<Kept>(before, Json.Plain)!;
            var undone = await keep.PutAsync(by, new AreaInput(area.Code, was.Name, was.NameEn, null), cancellation);
            if (!undone.Succeeded)
            {
                return new FieldProblem("row", "区域 {0} 不能改回原样。", area.Name);
            }

            (area.Longitude, area.Latitude, area.EndedOn) = (was.Longitude, was.Latitude, was.EndedOn);
            return null;
        }

        if (await uses.AnyAsync(area.Code, within: true, Columns, cancellation))
        {
            return new FieldProblem("row", "区域 {0} 已经有诉求、单位、岗位、下级区域或别的记录在用。", area.Name);
        }

        db.Remove(area);
        return null;
    }

    /// <summary>The map of areas is kept in memory.</summary>
    public async Task EndedAsync(CancellationToken cancellation) => await maps.ReloadAsync(cancellation);

    private static double? NumberOf(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string MarkOf(Area area) => NameLookups.MarkOf(Kept.Of(area));

    private sealed record Kept(string Name, string? NameEn, double? Longitude, double? Latitude, DateOnly? EndedOn, bool HasBoundary)
    {
        public static Kept Of(Area a) => new(a.Name, a.NameEn, a.Longitude, a.Latitude, a.EndedOn, a.Boundary is not null);
    }
}
