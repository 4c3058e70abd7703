using System.Text;
using Linli.Kernel.Areas;

namespace Linli.Kernel.Places;

/// <summary>Something with a name and a place.</summary>
internal sealed record Known(string Name, PlaceKind Kind, AreaNode Area, GeoPoint? Point);

/// <summary>A way to write a name.</summary>
/// <param name="Stem">How many characters come before the ending (村, 社区, 镇 …).</param>
/// <param name="Quality">From 0 to 1: how surely somebody who writes it means this.</param>
/// <param name="IsBare">Without ending, so that it can be part of another word.</param>
internal sealed record Alias(string Text, Known Known, int Stem, double Quality, bool IsBare);

/// <summary>The ways in which people write the names of areas, organisations and other places.</summary>
internal static class PlaceNames
{
    /// <summary>After an office's name: somebody stands at it.</summary>
    public static readonly string[] BesideIt = ["对面", "旁", "门", "附近", "东", "西", "南", "北", "后", "前", "院", "楼", "路口", "急诊", "口", "里"];

    /// <summary>After a village's bare name: what is called after it, and mostly near it.</summary>
    public static readonly string[] NamedAfter = ["小区", "路", "街", "公园", "小学", "中学", "医院", "大道", "桥", "广场", "市场", "商"];

    private const int Shortest = 2;
    private static readonly string[] Endings = ["居民委员会", "村民委员会", "社区居委会", "居委会", "村委会", "社区", "村", "镇", "乡", "街道", "县", "区", "市"];
    private static readonly string[] OfVillages = ["村", "社区", "村委", "村委会", "居委会", "社区居委会", "村民委员会", "居民委员会"];

    public static IEnumerable<Alias> Of(AreaNode area)
    {
        var known = new Known(area.Name, PlaceKind.Area, area, area.Point);

        // Grids are called 第一网格 everywhere: only the whole name says which one.
        if (area.Level == AreaLevel.Grid)
        {
            yield return new Alias(Plain(area.FullName), known, area.FullName.Length, 1, false);
            yield break;
        }

        var name = Plain(area.Name);
        var stem = StemOf(name);
        yield return new Alias(name, known, stem.Length, 1, stem.Length == name.Length);
        if (stem.Length < name.Length && stem.Length >= Shortest)
        {
            yield return new Alias(stem, known, stem.Length, 0.85, true);
        }

        foreach (var ending in area.Level == AreaLevel.Village ? OfVillages : [])
        {
            // 南村 is nobody's 南社区.
            if (stem + ending != name && (stem.Length >= Shortest || ending[0] == '村'))
            {
                yield return new Alias(stem + ending, known, stem.Length, 0.95, false);
            }
        }
    }

    public static IEnumerable<Alias> Of(string name, string? shortName, AreaNode area, GeoPoint? point)
    {
        var known = new Known(name, PlaceKind.Organisation, area, point);
        foreach (var way in new[] { name, shortName, shortName?.TrimStart('县') }.OfType<string>().Select(Plain).Distinct().Where(w => w.Length > Shortest))
        {
            yield return new Alias(way, known, way.Length, way == Plain(name) ? 0.97 : 0.95, true);
        }
    }

    public static IEnumerable<Alias> Of(NamedPlace place, AreaNode area)
    {
        var (name, point) = (Plain(place.Name), place is { Longitude: { } x, Latitude: { } y } ? new GeoPoint(x, y) : (GeoPoint?)null);
        if (name.Length >= Shortest)
        {
            yield return new Alias(name, new Known(place.Name, place.Kind, area, point ?? (place.Kind == PlaceKind.OldName ? area.Point : null)), StemOf(name).Length, 0.95, false);
        }
    }

    /// <summary>Full-width to half-width, lower case, without spaces and punctuation; broken surrogates are dropped.</summary>
    public static string Plain(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return string.Concat(whole.ToString().Compatible().Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
    }

    private static string StemOf(string name) =>
        Endings.Where(e => name.EndsWith(e, StringComparison.Ordinal)).Select(e => name[..^e.Length]).FirstOrDefault(s => s.Length > 0) ?? name;
}
