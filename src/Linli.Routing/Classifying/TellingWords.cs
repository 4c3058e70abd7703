namespace Linli.Routing.Classifying;

/// <summary>Gathers what each whole word of a text said, so that a reader sees words and not pieces of them.</summary>
/// <param name="text">As the person wrote it.</param>
/// <param name="strengths">For each character what it said.</param>
internal readonly struct TellingWords(string text, float[] strengths) : IGramSink
{
    private readonly Dictionary<string, float> _words = [];

    /// <summary>A word of Han characters.</summary>
    public void Gram(ulong hash, int start, int length, float weight) => Add(start, start + length);

    private void Add(int from, int to)
    {
        var sum = 0f;
        foreach (var strength in strengths.AsSpan(from, to - from))
        {
            sum += strength;
        }

        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_words, text[from..to], out _) += sum;
    }

    /// <summary>The strongest, leaving out those that say next to nothing beside the first.</summary>
    public IReadOnlyList<string> Pick(int most)
    {
        AddLatinWords();
        if (!_words.Values.Any(strength => strength > 0))
        {
            AddPairs();
        }

        var strongest = _words.Count == 0 ? 0 : _words.Values.Max();
        return [.. _words.Where(w => w.Value > 0 && w.Value >= strongest / 8).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(most).Select(w => w.Key)];
    }

    /// <summary>Where the words are not in the dictionary, pairs of Han characters tell at least where to look.</summary>
    private void AddPairs()
    {
        var length = Math.Min(text.Length, GramScan.MostText);
        for (var at = 0; at + 1 < length; at++)
        {
            if (GramScan.IsHan(text[at]) && GramScan.IsHan(text[at + 1]) && !char.IsSurrogate(text[at]) && !char.IsSurrogate(text[at + 1]))
            {
                Add(at, at + 2);
            }
        }
    }

    private void AddLatinWords()
    {
        var length = Math.Min(text.Length, GramScan.MostText);
        for (var at = 0; at < length; at++)
        {
            var from = at;
            while (at < length && char.IsLetter(text[at]) && !GramScan.IsHan(text[at]))
            {
                at++;
            }

            if (at - from > 1)
            {
                Add(from, at);
            }
        }
    }
}
