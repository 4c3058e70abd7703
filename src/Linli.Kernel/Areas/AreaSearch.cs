using Linli.Kernel.Places;

namespace Linli.Kernel.Areas;

/// <summary>An area that a text may mean.</summary>
/// <param name="Confidence">From 0 to 1: how much of what was named it explains; 1 is an unmistakable full name.</param>
/// <param name="Matched">The part of the text that named the area itself.</param>
public sealed record AreaCandidate(AreaNode Area, double Confidence, string Matched);

/// <summary>
/// Looks areas up by name, for a list that narrows while one types (城南, chengnan), or by an address; of all places, areas only.
/// </summary>
public sealed class AreaSearch
{
    private const int ShortestPart = 2;
    private const int MostInput = 500;

    private readonly AreaMap _map;
    private readonly Gazetteer _names;

    internal AreaSearch(AreaMap map) => (_map, _names) = (map, Gazetteer.Of(map));

    /// <summary>Best first; equal ones by code. Text that names nothing gives nothing.</summary>
    /// <param name="text">Chinese name, address, pinyin or area code.</param>
    /// <param name="within">Only below this area.</param>
    public IReadOnlyList<AreaCandidate> Find(string text, int limit = 10, string? within = null)
    {
        var plain = PlaceNames.Plain(text.Length > MostInput ? text[..MostInput] : text);
        if (plain.Length == 0)
        {
            return [];
        }

        var found = plain.All(char.IsAscii) ? ByLatin(plain) : ByMention(plain).Concat(ByPart(plain));
        return [.. found.Where(c => within is null || AreaCode.IsWithin(c.Area.Code, within))
            .GroupBy(c => c.Area).Select(g => g.MaxBy(c => c.Confidence)!)
            .OrderByDescending(c => c.Confidence).ThenBy(c => c.Area.Code, StringComparer.Ordinal).Take(limit)];
    }

    private IEnumerable<AreaCandidate> ByLatin(string text) =>
        from area in _map.All
        let name = PlaceNames.Plain(area.NameEn ?? "")
        let isCode = area.Code.StartsWith(text, StringComparison.Ordinal)
        where isCode || (text.Length >= ShortestPart && name.Contains(text, StringComparison.Ordinal))
        select new AreaCandidate(area, name == text || area.Code == text ? 1 : name.StartsWith(text, StringComparison.Ordinal) || isCode ? 0.7 : 0.5, text);

    /// <summary>A part of a name, while one types: 黄花 finds 东黄花水村 and 西黄花水村.</summary>
    private IEnumerable<AreaCandidate> ByPart(string text) =>
        from area in _map.All
        where area.Level is not AreaLevel.Grid && area.Name.Contains(text, StringComparison.Ordinal)
        select new AreaCandidate(area, Math.Round(0.3 + (0.4 * text.Length / area.Name.Length), 3), text);

    private IEnumerable<AreaCandidate> ByMention(string text) =>
        _names.Find(text, int.MaxValue).Select(c => new AreaCandidate(c.Area, c.Confidence, c.Matched));
}
