using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Areas;

/// <summary>What is said about one area. Its level and what lies above it are in its code.</summary>
/// <param name="Code">6 digits for a county, 9 for a town, 12 for a village, 14 for a grid; 12 with zeros at the end is a town or a county, as the statistics bureau writes them.</param>
/// <param name="Point">WGS 84; null leaves the one that is there.</param>
public sealed record AreaInput(string? Code, string? Name, string? NameEn, GeoPoint? Point);

/// <summary>Adds or changes one area; boundaries, and areas that end, come with <see cref="ImportAreas"/>.</summary>
public sealed class KeepArea(LinliDb db, TimeProvider clock)
{
    private const int LongestName = 100;
    private const int LongestNameEn = 200;

    public async Task<Outcome<Area>> PutAsync(Actor by, AreaInput input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(input);
        var (code, name, nameEn) = (CodeOf(input.Code), Trim(input.Name), Trim(input.NameEn));
        var level = Enum.GetValues<AreaLevel>().Where(l => l >= AreaLevel.County && code?.Length == AreaCode.LengthOf(l)).Select(l => (AreaLevel?)l).FirstOrDefault();
        var problems = new[] { PlainLine.ProblemWith("name", name), PlainLine.ProblemWith("nameEn", nameEn), input.Point is { } at ? Coordinates.ProblemWith(at, "longitude") : null }.OfType<FieldProblem>().ToList();
        if (level is null || !code!.All(char.IsAsciiLetterOrDigit))
        {
            problems.Add(new("code", "区域代码“{0}”应为 6 位（县）、9 位（乡镇）、12 位（村）或 14 位（网格）数字。", Short(code)));
        }

        if (name is null or { Length: > LongestName })
        {
            problems.Add(new("name", "请写名称，最多 {0} 个字。", LongestName));
        }

        if (nameEn?.Length > LongestNameEn)
        {
            problems.Add(new("nameEn", "请写名称，最多 {0} 个字。", LongestNameEn));
        }

        var above = level > AreaLevel.County && code is not null ? AreaCode.UpTo(code, level.Value - 1) : null;
        var parent = above is null ? null : await db.Set<Area>().AsNoTracking().SingleOrDefaultAsync(a => a.Code == above, cancellation);
        if (above is not null && parent is not { EndedOn: null })
        {
            problems.Add(new("code", "没有上级区域 {0}，或者它已撤销。请先添加它，或把它放在前面的行。", above));
        }
        else if (level == AreaLevel.County && await db.Set<Area>().AnyAsync(a => a.ParentCode == null && a.Code != code, cancellation))
        {
            problems.Add(new("code", "已经有最上一级的区域，不能再加一个 {0}。", Short(code)));
        }

        return problems.Count > 0 ? new Failure.Invalid(problems) : await LayAsync(by, code!, level!.Value, name!, nameEn, input.Point, parent, cancellation);
    }

    /// <summary>Without the zeros that fill up the codes of towns and counties in lists of the statistics bureau; no village has the number 000.</summary>
    public static string? CodeOf(string? said)
    {
        var code = Trim(said);
        var isFull = code?.Length == AreaCode.LengthOf(AreaLevel.Village);
        return isFull && code!.EndsWith("000000", StringComparison.Ordinal) ? code[..6] : isFull && code!.EndsWith("000", StringComparison.Ordinal) ? code[..9] : code;
    }

    private async Task<Outcome<Area>> LayAsync(Actor by, string code, AreaLevel level, string name, string? nameEn, GeoPoint? point, Area? parent, CancellationToken cancellation)
    {
        var (now, fullName) = (clock.GetUtcNow(), (parent?.FullName ?? "") + name);
        var area = await db.Set<Area>().SingleOrDefaultAsync(a => a.Code == code, cancellation);
        if (area is null)
        {
            area = new Area { Code = code, ParentCode = parent?.Code, Level = level, Name = name, FullName = fullName, ChangedAt = now };
            db.Add(area);
        }

        var (before, oldName) = (Fields(area), area.FullName);
        (area.Name, area.NameEn, area.FullName, area.EndedOn) = (name, nameEn, fullName, null);
        if (point is { } at)
        {
            (area.Longitude, area.Latitude) = (at.Longitude, at.Latitude);
        }

        if (before != Fields(area))
        {
            area.ChangedAt = now;
        }

        // Names of what lies in it begin with its own.
        foreach (var below in oldName == fullName ? [] : await db.Set<Area>().Where(a => a.Code != code && a.Code.StartsWith(code)).ToListAsync(cancellation))
        {
            (below.FullName, below.ChangedAt) = (below.FullName.StartsWith(oldName, StringComparison.Ordinal) ? fullName + below.FullName[oldName.Length..] : below.FullName, now);
        }

        if (db.HasChanges)
        {
            await db.CommitAsync(by.Act("areas.keep", now, code), cancellation);
        }

        return area;
    }

    private static (string, string?, string, double?, double?, DateOnly?) Fields(Area a) => (a.Name, a.NameEn, a.FullName, a.Longitude, a.Latitude, a.EndedOn);

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Short(string? text) => text is null ? "" : text.Length > 40 ? text[..40] + "…" : text;
}
