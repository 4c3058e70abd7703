using System.Buffers;
using System.Collections.Concurrent;

namespace Linli.Routing.Classifying;

/// <summary>One label and how likely it is.</summary>
/// <param name="Probability">0 to 1, calibrated.</param>
public readonly record struct Guess(string Label, double Probability);

/// <summary>What a model says of itself.</summary>
/// <param name="Name">What it sorts into, and from what it learnt.</param>
/// <param name="Texts">How many it learnt from.</param>
/// <param name="ConfidentFrom">Below this probability the model does not claim to know.</param>
/// <param name="Accuracy">Share of right answers on texts that it had not seen, 0 to 1.</param>
public sealed record ModelCard(string Name, DateTimeOffset Trained, int Texts, double ConfidentFrom, double Accuracy);

/// <summary>
/// Sorts a text into labels by the features that it has: linear weights, so that every answer can say which words spoke for it.
/// Immutable; made by <see cref="ClassifierTraining"/> or read from a file by <see cref="ModelFile"/>.
/// </summary>
public sealed class TextClassifier
{
    private readonly HashMap _map;
    private readonly ConcurrentBag<Scratch> _scratches = [];

    internal TextClassifier(ModelCard card, string[] labels, Vocabulary vocabulary, WordCutter words, Weights weights, Calibration calibration)
    {
        (Card, Labels, Vocabulary, Words, Weights, Calibration) = (card, labels, vocabulary, words, weights, calibration);
        _map = new HashMap(vocabulary.Hashes);
    }

    public ModelCard Card { get; }

    public IReadOnlyList<string> Labels { get; }

    internal Vocabulary Vocabulary { get; }

    internal WordCutter Words { get; }

    internal Weights Weights { get; }

    internal Calibration Calibration { get; }

    /// <summary>All labels, the likeliest first; empty when the text has nothing that the model knows.</summary>
    public IReadOnlyList<Guess> Classify(ReadOnlySpan<char> text)
    {
        Span<double> p = stackalloc double[Labels.Count];
        if (!Probabilities(text, p))
        {
            return [];
        }

        var guesses = new Guess[Labels.Count];
        for (var k = 0; k < guesses.Length; k++)
        {
            guesses[k] = new Guess(Labels[k], p[k]);
        }

        Array.Sort(guesses, static (a, b) => b.Probability.CompareTo(a.Probability));
        return guesses;
    }

    /// <summary>The probability of each label in the order of <see cref="Labels"/>; nothing is allocated. False when the text has nothing that the model knows.</summary>
    public bool Probabilities(ReadOnlySpan<char> text, Span<double> probabilities)
    {
        Span<double> scores = stackalloc double[Labels.Count];
        var scratch = _scratches.TryTake(out var free) ? free : new Scratch(Vocabulary.Hashes.Length);
        var sink = new GatherSink(_map, scratch);
        Words.ScanAll(text, ref sink);
        var mass = scratch.Weigh(Vocabulary.Idf, Weights, scores);
        _scratches.Add(scratch);
        if (mass is null)
        {
            return false;
        }

        Calibration.Apply(scores, mass.Value, probabilities);
        return true;
    }

    /// <summary>The words of the text that spoke for a label against the others, the strongest first.</summary>
    public IReadOnlyList<string> WordsFor(string label, string text, int most = 3)
    {
        var k = Labels.ToList().IndexOf(label);
        if (k < 0)
        {
            return [];
        }

        var length = Math.Min(text.Length, GramScan.MostText);
        var strengths = ArrayPool<float>.Shared.Rent(length);
        try
        {
            strengths.AsSpan(0, length).Clear();
            var sink = new SpreadSink(_map, Vocabulary.Idf, Weights, k, strengths);
            Words.ScanAll(text, ref sink);
            var cut = new TellingWords(text, strengths);
            Words.Scan(text, ref cut);
            return cut.Pick(most);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(strengths);
        }
    }

    private readonly struct GatherSink(HashMap map, Scratch scratch) : IGramSink
    {
        public void Gram(ulong hash, int start, int length, float weight)
        {
            var number = map.Find(hash);
            if (number >= 0)
            {
                scratch.Add(number, weight);
            }
        }
    }

    /// <summary>Lays what each feature says for one label over the characters that it covers.</summary>
    private readonly struct SpreadSink(HashMap map, float[] idf, Weights weights, int label, float[] strengths) : IGramSink
    {
        public void Gram(ulong hash, int start, int length, float weight)
        {
            var number = map.Find(hash);
            if (number < 0)
            {
                return;
            }

            var each = weights.Contrast(number, label) * idf[number] / length;
            for (var i = start; i < start + length && i < strengths.Length; i++)
            {
                strengths[i] += each;
            }
        }
    }
}
