using Linli.Routing.Classifying;

namespace Linli.Routing.Topics;

/// <summary>Texts as vectors of length 1: pairs and triples of characters, the title's counting most, by how rare they are.</summary>
internal sealed class TopicVectors
{
    private const int Looked = 400;
    private const float Title = 3, Beginning = 1.5f;

    /// <summary>As if so many other texts stood beside those that are there: in a small county too a rare word is rarer than a common one, and not only unique.</summary>
    private const float Background = 1_000;

    private readonly (int Gram, float Weight)[][] _vectors;

    private TopicVectors((int Gram, float Weight)[][] vectors) => _vectors = vectors;

    public int Count => _vectors.Length;

    public static TopicVectors Of(IReadOnlyList<TopicText> texts)
    {
        var counted = texts.Select(CountOf).ToArray();
        var spread = new Dictionary<int, int>();
        foreach (var gram in counted.SelectMany(c => c.Keys))
        {
            spread[gram] = spread.GetValueOrDefault(gram) + 1;
        }

        // What only one text has joins nothing; what a tenth of all have says nothing, or half of the few that a small county has.
        var most = Math.Max(texts.Count / 10, Math.Min(30, (texts.Count / 2) + 1));
        return new([.. counted.Select(c =>
        {
            var kept = c.Where(g => spread[g.Key] > 1 && spread[g.Key] < most)
                .Select(g => (g.Key, Weight: MathF.Sqrt(g.Value) * Rarity(spread[g.Key]))).OrderBy(g => g.Key).ToArray();
            var length = MathF.Sqrt(c.Sum(g => g.Value * MathF.Pow(Rarity(spread[g.Key]), 2)));
            return kept.Select(g => (g.Key, length > 0 ? g.Weight / length : 0)).ToArray();
        })]);

        float Rarity(int having) => MathF.Log((texts.Count + Background) / having);
    }

    /// <summary>All pairs of texts that are at least so much alike.</summary>
    public IEnumerable<(int One, int Other, float Likeness)> Pairs(float least)
    {
        var before = new Dictionary<int, List<(int Text, float Weight)>>();
        var sums = new float[Count];
        var touched = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            foreach (var (gram, weight) in _vectors[i])
            {
                if (!before.TryGetValue(gram, out var others))
                {
                    before[gram] = others = [];
                }

                foreach (var (other, theirs) in others)
                {
                    if (sums[other] == 0)
                    {
                        touched.Add(other);
                    }

                    sums[other] += weight * theirs;
                }

                others.Add((i, weight));
            }

            foreach (var other in touched)
            {
                if (sums[other] >= least)
                {
                    yield return (other, i, sums[other]);
                }

                sums[other] = 0;
            }

            touched.Clear();
        }
    }

    public Dictionary<int, float> Copy(int text) => _vectors[text].ToDictionary(g => g.Gram, g => g.Weight);

    public static float Cosine(Dictionary<int, float> one, Dictionary<int, float> other)
    {
        var (small, large) = one.Count < other.Count ? (one, other) : (other, one);
        var (dot, a, b) = (0f, 0f, 0f);
        foreach (var (gram, weight) in small)
        {
            dot += weight * large.GetValueOrDefault(gram);
            a += weight * weight;
        }

        foreach (var weight in large.Values)
        {
            b += weight * weight;
        }

        return a > 0 && b > 0 ? dot / MathF.Sqrt(a * b) : 0;
    }

    /// <summary>Those that are most like the group as a whole come first.</summary>
    public List<int> ByTypicality(List<int> members)
    {
        var sum = new Dictionary<int, float>();
        foreach (var (gram, weight) in members.Order().SelectMany(m => _vectors[m]))
        {
            sum[gram] = sum.GetValueOrDefault(gram) + weight;
        }

        return [.. members.OrderByDescending(m => _vectors[m].Sum(g => g.Weight * sum[g.Gram])).ThenBy(m => m)];
    }

    private static Dictionary<int, float> CountOf(TopicText text)
    {
        var counts = new Dictionary<int, float>();
        Add(counts, text.Title, Title, Title);
        Add(counts, text.Text[..Math.Min(text.Text.Length, Looked)], Beginning, 1);
        return counts;
    }

    private static void Add(Dictionary<int, float> counts, string text, float first, float later)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var weight = i < 80 ? first : later;
            var (gram, isLatin) = (0, true);
            for (var n = 1; n <= 3 && i + n <= text.Length && GramScan.Fold(text[i + n - 1]) is var c && char.IsLetterOrDigit(c); n++)
            {
                (gram, isLatin) = (unchecked((gram * 65_599) + c), isLatin && char.IsAsciiLetter(c));
                if (n > 1 && !isLatin)
                {
                    counts[gram] = counts.GetValueOrDefault(gram) + weight;
                }
            }

            // Every English text has the same pairs of letters: there the words count.
            if (char.IsAsciiLetter(text[i]) && (i == 0 || !char.IsAsciiLetter(text[i - 1])) && WordAt(text, i) is { Length: > 3 } word)
            {
                var hash = word.Aggregate(0, (sum, c) => unchecked((sum * 65_599) + c));
                counts[hash] = counts.GetValueOrDefault(hash) + (2 * weight);
            }
        }
    }

    private static string WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        return text[start..end].ToLowerInvariant();
    }
}
