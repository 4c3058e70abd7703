using Linli.Requests.Search;
using Linli.Requests.Steps;

namespace Linli.Requests.Catalogue;

/// <summary>A type whose words stand in a text.</summary>
/// <param name="Words">The words that spoke for it, the strongest first.</param>
internal sealed record KeywordMatch(ServiceType Type, double Score, IReadOnlyList<string> Words);

/// <summary>
/// Finds service types for a text by their keywords and names. Each word found in the text counts the more, the longer it is, the fewer
/// types have it and the nearer to the beginning it stands; a word inside another found word of the same type does not count again. The
/// same text always gives the same answer.
/// </summary>
internal sealed class SuggestTypes
{
    /// <summary>What comes after this much says little new and would only cost time.</summary>
    private const int MostText = 2_000;

    private readonly IReadOnlyList<ServiceType> _types;
    private readonly Dictionary<string, Word> _words = [];
    private readonly Dictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int[] _lengths;

    public SuggestTypes(IReadOnlyList<ServiceType> types)
    {
        _types = types;
        foreach (var (order, type) in types.Index())
        {
            foreach (var word in type.Keywords.Append(type.NameZh).Concat(type.KeywordsEn).Append(type.NameEn).Select(SearchText.Fold).Where(w => w.Length > 0).Distinct())
            {
                if (!_words.TryGetValue(word, out var known))
                {
                    _words[word] = known = new Word(word);
                }

                known.Types.Add(order);
            }
        }

        foreach (var word in _words.Values)
        {
            word.Weight = LengthOf(word.Text) * Math.Sqrt(LengthOf(word.Text)) * Math.Log((1.0 + types.Count) / word.Types.Count);
        }

        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. _words.Keys.Select(w => w.Length).Distinct().Order()];
    }

    /// <summary>Every type that has a word in the text, the strongest first.</summary>
    public IReadOnlyList<KeywordMatch> For(string? text)
    {
        var folded = SearchText.Fold(Check.Whole(text ?? "", MostText));
        return [.. Found(folded).SelectMany(found => found.Key.Types, (found, type) => (found, type)).GroupBy(f => f.type, f => f.found)
            .Select(g => (Match: Judge(_types[g.Key], [.. g]), Order: g.Key))
            .OrderByDescending(m => m.Match.Score).ThenBy(m => m.Order).Select(m => m.Match)];
    }

    /// <summary>Four times as much at the beginning as far down: people say first what it is about.</summary>
    private static double WeightAt(int place) => 1 + (3 * Math.Exp(-place / 30.0));

    /// <summary>The words that stand in the text, each with its first place: one look-up for each place and each length of word, however many words there are.</summary>
    private Dictionary<Word, int> Found(string text)
    {
        var found = new Dictionary<Word, int>();
        for (var at = 0; at < text.Length; at++)
        {
            // Chinese words stand anywhere; others as whole words, their plural included.
            var isWhole = char.IsAsciiLetterOrDigit(text[at]);
            if (isWhole && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            foreach (var length in _lengths)
            {
                if (at + length > text.Length)
                {
                    break;
                }

                if (_lookup.TryGetValue(text.AsSpan(at, length), out var word) && (!isWhole || IsEnd(text, at + length)))
                {
                    found.TryAdd(word, at);
                }
            }
        }

        return found;
    }

    private static bool IsEnd(string text, int end)
    {
        end += end < text.Length && text[end] == 's' ? 1 : 0;
        return end == text.Length || !char.IsAsciiLetterOrDigit(text[end]);
    }

    private static KeywordMatch Judge(ServiceType type, List<KeyValuePair<Word, int>> words)
    {
        var counted = words.Where(w => !words.Any(other => other.Key.Text.Length > w.Key.Text.Length && other.Key.Text.Contains(w.Key.Text, StringComparison.Ordinal)))
            .Select(w => (w.Key.Text, Weight: w.Key.Weight * WeightAt(w.Value)))
            .OrderByDescending(w => w.Weight).ThenBy(w => w.Text, StringComparer.Ordinal).ToList();
        return new KeywordMatch(type, Math.Round(counted.Sum(w => w.Weight), 4), [.. counted.Select(w => w.Text)]);
    }

    /// <summary>In Chinese characters; an English word says about as much as two of them.</summary>
    private static double LengthOf(string word) => word.All(char.IsAscii) ? 2 * word.Split(' ').Length : word.Length;

    /// <summary>A word, and the places of the types that have it.</summary>
    private sealed class Word(string text)
    {
        public string Text => text;
        public List<int> Types { get; } = [];
        public double Weight { get; set; }
    }
}
