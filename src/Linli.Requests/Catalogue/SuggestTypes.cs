using System.Collections.Frozen;
using Linli.Requests.Search;

namespace Linli.Requests.Catalogue;

/// <summary>A type that a text seems to be about.</summary>
/// <param name="Words">The words that spoke for it, the strongest first.</param>
public sealed record Suggestion(ServiceType Type, double Score, IReadOnlyList<string> Words);

/// <summary>
/// Suggests service types for a text by their keywords and names. Each word found in the text counts the more, the longer it is and
/// the fewer types have it; a word inside another found word of the same type does not count again. The same text always gives the same answer.
/// </summary>
internal sealed class SuggestTypes
{
    /// <summary>What comes after this much says little new and would only cost time.</summary>
    private const int MostText = 2_000;

    private readonly IReadOnlyList<(ServiceType Type, string[] Words)> _types;
    private readonly FrozenDictionary<string, double> _weights;

    public SuggestTypes(IReadOnlyList<ServiceType> types)
    {
        _types = [.. types.Select(t => (t, (string[])[.. t.Keywords.Append(t.NameZh).Concat(t.KeywordsEn).Append(t.NameEn).Select(SearchText.Fold).Distinct()]))];
        _weights = _types.SelectMany(t => t.Words).CountBy(w => w)
            .ToFrozenDictionary(w => w.Key, w => LengthOf(w.Key) * Math.Sqrt(LengthOf(w.Key)) * Math.Log((1.0 + _types.Count) / w.Value));
    }

    public IReadOnlyList<Suggestion> For(string? text, int most)
    {
        var folded = SearchText.Fold((text ?? "").Length > MostText ? text![..MostText] : text ?? "");
        return [.. _types.Select((t, order) => (Suggestion: Judge(t.Type, t.Words, folded), order))
            .Where(s => s.Suggestion.Score > 0)
            .OrderByDescending(s => s.Suggestion.Score).ThenBy(s => s.order)
            .Take(most).Select(s => s.Suggestion)];
    }

    private Suggestion Judge(ServiceType type, string[] words, string text)
    {
        var found = words.Where(w => Contains(text, w)).OrderByDescending(w => _weights[w]).ThenBy(w => w, StringComparer.Ordinal).ToList();
        var counted = found.Where(w => !found.Any(other => other.Length > w.Length && other.Contains(w, StringComparison.Ordinal))).ToList();
        return new Suggestion(type, Math.Round(counted.Sum(w => _weights[w]), 4), counted);
    }

    /// <summary>Chinese words stand anywhere; others as whole words, their plural included.</summary>
    private static bool Contains(string text, string word)
    {
        if (!char.IsAsciiLetterOrDigit(word[0]))
        {
            return text.Contains(word, StringComparison.Ordinal);
        }

        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            end += end < text.Length && text[end] == 's' ? 1 : 0;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In Chinese characters; an English word says about as much as two of them.</summary>
    private static double LengthOf(string word) => word.All(char.IsAscii) ? 2 * word.Split(' ').Length : word.Length;
}
