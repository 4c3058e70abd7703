using Linli.Routing.Classifying;
using Linli.Routing.Twins;

namespace Linli.Routing.Topics;

/// <summary>Phrases of four to six Han characters that several titles share and few others: "购房补贴" of a county's messages.</summary>
internal static class TitlePhrases
{
    private const int Shortest = 4, Longest = 6, Least = 3;

    /// <summary>For each phrase the texts whose titles have it, the most used first. Places are none: what is told of one place need not be one matter.</summary>
    public static IEnumerable<IReadOnlyList<int>> Of(IReadOnlyList<TopicText> texts)
    {
        var having = new Dictionary<string, List<int>>();
        for (var i = 0; i < texts.Count; i++)
        {
            var title = TextGrams.Fold(texts[i].Title);
            foreach (var phrase in Phrases(title).Distinct())
            {
                if (!having.TryGetValue(phrase, out var titles))
                {
                    having[phrase] = titles = [];
                }

                titles.Add(i);
            }
        }

        var most = Math.Max(12, texts.Count / 100);
        return having.Where(h => h.Value.Count >= Least && h.Value.Count <= most && EmptyWords.Trim(h.Key) == h.Key && !Places.IsPlace(h.Key))
            .OrderByDescending(h => h.Value.Count).ThenBy(h => h.Key, StringComparer.Ordinal).Select(h => h.Value);
    }

    private static IEnumerable<string> Phrases(string title)
    {
        for (var at = 0; at < title.Length; at++)
        {
            for (var n = 1; n <= Longest && at + n <= title.Length && GramScan.IsHan(title[at + n - 1]); n++)
            {
                if (n >= Shortest)
                {
                    yield return title.Substring(at, n);
                }
            }
        }
    }
}
