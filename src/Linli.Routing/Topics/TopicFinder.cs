namespace Linli.Routing.Topics;

/// <summary>A text that may belong to a topic.</summary>
/// <param name="Weight">How many people stand behind it: 1, or more when others have joined.</param>
/// <param name="Author">Who wrote it, where that is known: what one person writes ten times is one voice.</param>
public sealed record TopicText(string Title, string Text, DateTimeOffset At, int Weight = 1, string? Author = null);

/// <summary>Texts about the same thing.</summary>
/// <param name="Words">What it is about: phrases that most of its texts use and others do not, in the order in which people say them.</param>
/// <param name="Place">The place that most of its texts name; null when they name none.</param>
/// <param name="Members">Numbers of its texts, the most typical first.</param>
/// <param name="Voices">How many people wrote them, as far as that is known.</param>
/// <param name="Weight">How many people stand behind them.</param>
public sealed record Topic(IReadOnlyList<string> Words, string? Place, IReadOnlyList<int> Members, int Voices, int Weight);

/// <summary>
/// Groups texts by what they are about: vectors of pairs and triples of characters, rare ones weighing more, the title most; pairs of
/// texts are joined from the likest on as long as the two groups as a whole remain alike. Always the same answer to the same texts.
/// </summary>
public static class TopicFinder
{
    /// <summary>How alike two groups as a whole have to be, and two texts to be looked at.</summary>
    private const float Groups = 0.22f, Texts = 0.14f;

    public static IReadOnlyList<Topic> Find(IReadOnlyList<TopicText> texts, int least = 3, int most = 50)
    {
        var vectors = TopicVectors.Of(texts);
        var groups = Join(vectors, [.. vectors.Pairs(Texts)], texts);
        var namer = new TopicNamer(texts);
        return
        [
            .. groups.Select(g => (Members: g, Voices: g.GroupBy(i => texts[i].Author ?? $"#{i}").Select(voice => voice.Max(i => texts[i].Weight)).ToList()))
                .Where(g => g.Voices.Count >= least)
                .OrderByDescending(g => g.Voices.Count).ThenByDescending(g => g.Voices.Sum()).ThenBy(g => g.Members.Min()).Take(most)
                .Select(g => namer.Name(vectors.ByTypicality(g.Members), g.Voices.Count, g.Voices.Sum())),
        ];
    }

    /// <summary>Two groups, nearly all of whose titles share a phrase that few others have, may be less alike as a whole.</summary>
    private const float SharingPhrase = 0.15f;

    private static List<List<int>> Join(TopicVectors vectors, List<(int One, int Other, float Likeness)> pairs, IReadOnlyList<TopicText> texts)
    {
        var groups = new TopicGroups(vectors);
        foreach (var (one, other, _) in pairs.OrderByDescending(p => p.Likeness).ThenBy(p => p.One).ThenBy(p => p.Other))
        {
            groups.Join(groups.Of(one), groups.Of(other), Groups);
        }

        foreach (var sharing in TitlePhrases.Of(texts))
        {
            var whole = sharing.GroupBy(groups.Of).Where(g => g.Count() * 10 >= groups.SizeOf(g.Key) * 6).Select(g => g.Key).Order().ToList();
            for (var n = 1; n < whole.Count; n++)
            {
                groups.Join(whole[0], whole[n], SharingPhrase);
            }
        }

        return groups.All();
    }
}
