using System.Collections.Frozen;
using System.Text;

namespace Linli.Kernel.Areas;

/// <summary>An area that a text may mean.</summary>
/// <param name="Confidence">From 0 to 1: how much of what was named it explains; 1 is an unmistakable full name.</param>
/// <param name="Matched">The part of the text that named the area itself.</param>
public sealed record AreaCandidate(AreaNode Area, double Confidence, string Matched);

/// <summary>
/// Looks areas up by name: for a list that narrows while one types (城南, chengnan) and for addresses in free text with levels
/// left out (龙泉镇城南社区卫生站对面). A candidate must be named itself; towns named around it speak for it or against it.
/// </summary>
public sealed class AreaSearch
{
    private const int ShortestAlias = 2;
    private const int MostInput = 500;
    private static readonly string[] Endings = ["居民委员会", "村民委员会", "社区居委会", "居委会", "村委会", "社区", "村", "镇", "乡", "街道", "县", "区", "市"];

    private readonly AreaMap _map;
    private readonly FrozenDictionary<string, AreaNode[]> _byAlias;
    private readonly int _longestAlias;

    internal AreaSearch(AreaMap map)
    {
        _map = map;
        _byAlias = map.All.SelectMany(a => AliasesOf(a).Select(alias => (alias, a)))
            .GroupBy(p => p.alias, p => p.a).ToFrozenDictionary(g => g.Key, g => g.Distinct().ToArray());
        _longestAlias = _byAlias.Keys.Select(k => k.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Best first; equal ones by code. Text that names nothing gives nothing.</summary>
    /// <param name="text">Chinese name, address, pinyin or area code.</param>
    /// <param name="within">Only below this area.</param>
    public IReadOnlyList<AreaCandidate> Find(string text, int limit = 10, string? within = null)
    {
        var plain = Normalise(text.Length > MostInput ? text[..MostInput] : text);
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
        let name = Normalise(area.NameEn ?? "")
        let isCode = area.Code.StartsWith(text, StringComparison.Ordinal)
        where isCode || (text.Length >= ShortestAlias && name.Contains(text, StringComparison.Ordinal))
        select new AreaCandidate(area, name == text || area.Code == text ? 1 : name.StartsWith(text, StringComparison.Ordinal) || isCode ? 0.7 : 0.5, text);

    /// <summary>A part of a name, while one types: 黄花 finds 东黄花水村 and 西黄花水村.</summary>
    private IEnumerable<AreaCandidate> ByPart(string text) =>
        from area in _map.All
        where area.Level is not AreaLevel.Grid && area.Name.Contains(text, StringComparison.Ordinal)
        select new AreaCandidate(area, Math.Round(0.3 + (0.4 * text.Length / area.Name.Length), 3), text);

    private IEnumerable<AreaCandidate> ByMention(string text)
    {
        var mentions = Mentions(text);
        var named = mentions.DistinctBy(m => m.Start).Sum(m => m.Alias.Length);
        foreach (var mention in mentions)
        {
            // A town named on the way to its village is not itself what is meant.
            var others = mentions.Where(m => m.Start != mention.Start).ToList();
            if (others.Any(o => o.Area != mention.Area && AreaCode.IsWithin(o.Area.Code, mention.Area.Code)))
            {
                continue;
            }

            var above = others.Where(o => AreaCode.IsWithin(mention.Area.Code, o.Area.Code)).DistinctBy(o => o.Start).Sum(o => o.Alias.Length);
            var isAmbiguous = above == 0 && mentions.Count(m => m.Start == mention.Start && m.Area.Level == mention.Area.Level) > 1;
            var confidence = (mention.Alias.Length + above) / (double)named
                * (mention.Alias == mention.Area.Name ? 1 : 0.85) * (isAmbiguous ? 0.6 : 1);
            yield return new AreaCandidate(mention.Area, Math.Round(Math.Min(1, confidence), 3), mention.Alias);
        }
    }

    /// <summary>The names in the text, from the left, at each place the longest; a name inside a longer one does not count.</summary>
    private List<Mention> Mentions(string text)
    {
        var mentions = new List<Mention>();
        for (var start = 0; start < text.Length; start++)
        {
            for (var length = Math.Min(_longestAlias, text.Length - start); length >= ShortestAlias; length--)
            {
                var alias = text.Substring(start, length);
                if (_byAlias.TryGetValue(alias, out var areas))
                {
                    mentions.AddRange(areas.Select(a => new Mention(a, alias, start)));
                    start += length - 1;
                    break;
                }
            }
        }

        return mentions;
    }

    private static IEnumerable<string> AliasesOf(AreaNode area)
    {
        // Grids are called 第一网格 everywhere: only the whole name says which one.
        if (area.Level == AreaLevel.Grid)
        {
            yield return area.FullName;
            yield break;
        }

        yield return area.Name;
        var stem = Endings.Where(e => area.Name.EndsWith(e, StringComparison.Ordinal)).Select(e => area.Name[..^e.Length]).FirstOrDefault(s => s.Length >= ShortestAlias);
        if (stem is not null)
        {
            yield return stem;
        }

        if (area.Level == AreaLevel.Village)
        {
            foreach (var ending in new[] { "村", "社区", "村委会", "居委会", "社区居委会", "村民委员会", "居民委员会" })
            {
                yield return (stem ?? area.Name) + ending;
            }
        }
    }

    /// <summary>Full-width to half-width, lower case, without spaces and punctuation; broken surrogates are dropped.</summary>
    private static string Normalise(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return string.Concat(whole.ToString().Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
    }

    private sealed record Mention(AreaNode Area, string Alias, int Start);
}
