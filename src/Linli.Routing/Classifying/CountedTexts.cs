using Linli.Routing.Twins;

namespace Linli.Routing.Classifying;

/// <summary>Sorted texts whose features have been counted, so that several models can be learnt from parts of them without counting again.</summary>
/// <param name="Whole">For each text its features.</param>
/// <param name="Openings">The same of its first words, as somebody writes who is in a hurry.</param>
/// <param name="Groups">Texts with the same number tell the same matter.</param>
internal sealed record CountedTexts(string[] Labels, WordCutter Words, Dictionary<ulong, float>[] Whole, Dictionary<ulong, float>[] Openings, int[] Groups)
{
    private const int LongestOpening = 20;

    /// <param name="texts">Where words end is learnt from those of them that are cut into words.</param>
    /// <param name="known">Where none is, this model's knowledge of it is used.</param>
    /// <param name="cancellation">Ends the counting.</param>
    public static CountedTexts Of(IReadOnlyList<LabelledText> texts, TextClassifier? known, CancellationToken cancellation)
    {
        var words = WordCutter.Learn(texts.Where(t => t.Words is not null).Select(t => t.Words!));
        words = words.Hashes.Length == 0 && known is not null ? known.Words : words;
        return new CountedTexts(
            [.. texts.Select(t => t.Label)], words,
            Count([.. texts.Select(t => t.Text)], words, cancellation),
            Count([.. texts.Select(t => OpeningOf(t.Text))], words, cancellation),
            Sketch.Groups([.. texts.Select(t => t.Text)]));
    }

    /// <summary>Some of the texts, in their order.</summary>
    public CountedTexts Only(Func<int, bool> isWanted)
    {
        int[] kept = [.. Enumerable.Range(0, Labels.Length).Where(isWanted)];
        return new CountedTexts([.. kept.Select(i => Labels[i])], Words, [.. kept.Select(i => Whole[i])], [.. kept.Select(i => Openings[i])], [.. kept.Select(i => Groups[i])]);
    }

    private static string OpeningOf(string text) => text.Split('\n')[0] is var first && first.Length > LongestOpening ? first[..LongestOpening] : first;

    private static Dictionary<ulong, float>[] Count(IReadOnlyList<string> texts, WordCutter words, CancellationToken cancellation)
    {
        var counted = new Dictionary<ulong, float>[texts.Count];
        Parallel.For(0, texts.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var sink = new CountingSink(counted[i] = []);
            words.ScanAll(texts[i], ref sink);
        });
        return counted;
    }
}
