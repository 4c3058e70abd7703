using System.Runtime.InteropServices;

namespace Linli.Routing.Classifying;

/// <summary>
/// Cuts runs of Han characters into the likeliest words (Viterbi over a dictionary of one-word probabilities). It knows words by their
/// hash only, so that a model file carries no text.
/// </summary>
internal sealed class WordCutter
{
    public const int Longest = 4;
    private const ulong Salt = 0xA24BAED4963EE407;
    private const float Unknown = -14;

    private readonly HashMap _map;

    public WordCutter(ulong[] hashes, float[] logs)
    {
        (Hashes, Logs) = (hashes, logs);
        _map = new HashMap(hashes);
    }

    public ulong[] Hashes { get; }

    /// <summary>The natural logarithm of each word's share of all words.</summary>
    public float[] Logs { get; }

    /// <summary>Learns the words that stand at least twice in texts that somebody has cut.</summary>
    public static WordCutter Learn(IEnumerable<IReadOnlyList<string>> texts)
    {
        var counts = new Dictionary<ulong, int>();
        var all = 0L;
        foreach (var word in texts.SelectMany(words => words).Where(IsWord))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, HashOf(word), out _)++;
            all++;
        }

        var kept = counts.Where(c => c.Value >= 2).OrderBy(c => c.Key).ToList();
        return new WordCutter([.. kept.Select(c => c.Key)], [.. kept.Select(c => MathF.Log(c.Value / (float)all))]);
    }

    private static bool IsWord(string word) => word.Length is >= 1 and <= Longest && word.All(c => GramScan.IsHan(c));

    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = Salt;
        foreach (var c in word)
        {
            hash = GramScan.Mix(hash, c);
        }

        return GramScan.Finish(hash);
    }

    /// <summary>All features of a text: what <see cref="GramScan"/> finds, and whole words.</summary>
    public void ScanAll<TSink>(ReadOnlySpan<char> text, ref TSink sink) where TSink : IGramSink, allows ref struct
    {
        GramScan.Scan(text, ref sink);
        Scan(text, ref sink);
    }

    /// <summary>Tells the sink each word of two characters or more.</summary>
    public void Scan<TSink>(ReadOnlySpan<char> text, ref TSink sink) where TSink : IGramSink, allows ref struct
    {
        if (Hashes.Length == 0)
        {
            return;
        }

        text = text[..Math.Min(text.Length, GramScan.MostText)];
        var (place, at) = (0, 0);
        while (at < text.Length)
        {
            if (!GramScan.IsHan(text[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && end - at < MostRun && GramScan.IsHan(text[end]))
            {
                end++;
            }

            Run(text[at..end], at, place, ref sink);
            (place, at) = (place + end - at, end);
        }
    }

    /// <summary>Longer runs without any mark are cut here; sentences are shorter.</summary>
    private const int MostRun = 256;

    private void Run<TSink>(ReadOnlySpan<char> run, int start, int place, ref TSink sink) where TSink : IGramSink, allows ref struct
    {
        Span<float> best = stackalloc float[run.Length + 1];
        Span<byte> length = stackalloc byte[run.Length + 1];
        Span<ulong> hashes = stackalloc ulong[run.Length + 1];
        best.Fill(float.NegativeInfinity);
        best[0] = 0;
        for (var at = 0; at < run.Length; at++)
        {
            var hash = Salt;
            for (var n = 1; n <= Longest && at + n <= run.Length; n++)
            {
                hash = GramScan.Mix(hash, run[at + n - 1]);
                var whole = GramScan.Finish(hash);
                var number = _map.Find(whole);
                if (number < 0 && n > 1)
                {
                    continue;
                }

                var sum = best[at] + (number < 0 ? Unknown : Logs[number]);
                if (sum > best[at + n])
                {
                    (best[at + n], length[at + n], hashes[at + n]) = (sum, (byte)n, whole);
                }
            }
        }

        // The words come out from the last to the first; to the sums that makes no difference.
        for (var end = run.Length; end > 0; end -= length[end])
        {
            if (length[end] > 1)
            {
                var from = end - length[end];
                sink.Gram(hashes[end], start + from, length[end], GramScan.WeightAt(place + from));
            }
        }
    }
}
