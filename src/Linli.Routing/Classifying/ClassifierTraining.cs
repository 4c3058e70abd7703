using System.Runtime.InteropServices;
using Linli.Routing.Twins;

namespace Linli.Routing.Classifying;

/// <param name="Name">For the model's card.</param>
/// <param name="Now">For the model's card; nothing else depends on it.</param>
/// <param name="Known">A model whose knowledge of where words end is used when the texts at hand are not cut into words.</param>
public sealed record TrainingOptions(string Name, DateTimeOffset Now, TextClassifier? Known = null)
{
    /// <summary>A feature must stand in as many texts to be learnt; rarer ones are mostly names.</summary>
    public int LeastTexts { get; init; } = 2;

    /// <summary>Where the share of right answers reaches this, the model says that it knows.</summary>
    public double ConfidentAccuracy { get; init; } = 0.85;
}

/// <summary>
/// Learns a <see cref="TextClassifier"/> from sorted texts. Deterministic. Probabilities are calibrated on texts that were left out,
/// and tellings of the same matter are left out together, so that the model does not take remembering for knowing.
/// </summary>
public static class ClassifierTraining
{
    private const int Folds = 3;

    /// <exception cref="ArgumentException">Fewer than two labels, or no text that says anything.</exception>
    public static TextClassifier Train(IReadOnlyList<LabelledText> texts, TrainingOptions options, CancellationToken cancellation = default)
    {
        string[] labels = [.. texts.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal)];
        if (labels.Length < 2)
        {
            throw new ArgumentException("Training needs texts of at least two labels.", nameof(texts));
        }

        var words = WordCutter.Learn(texts.Where(t => t.Words is not null).Select(t => t.Words!));
        words = words.Hashes.Length == 0 && options.Known is { } known ? known.Words : words;
        var counted = Count([.. texts.Select(t => t.Text)], words, cancellation);
        var openings = Count([.. texts.Select(t => Opening(t.Text))], words, cancellation);
        var numbers = texts.Select(t => Array.BinarySearch(labels, t.Label, StringComparer.Ordinal)).ToArray();
        var set = new TrainingSet(counted, openings, numbers, labels.Length, options.LeastTexts);
        var groups = Sketch.Groups([.. texts.Select(t => t.Text)]);

        var leftOut = LeftOut(set, groups, cancellation);
        var calibration = Calibration.Fit(leftOut, labels.Length);
        var (confidentFrom, accuracy) = Confidence(leftOut, calibration, options.ConfidentAccuracy);
        var (vocabulary, weights) = set.Learn([.. Enumerable.Range(0, texts.Count)], cancellation);
        var card = new ModelCard(options.Name, options.Now, texts.Count, confidentFrom, accuracy);
        return new TextClassifier(card, labels, vocabulary, words, Weights.Of(weights, vocabulary.Hashes.Length), calibration);
    }

    /// <summary>As somebody writes who is in a hurry.</summary>
    private static string Opening(string text) => text.Split('\n')[0] is var first && first.Length > 20 ? first[..20] : first;

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

    /// <summary>The scores that each text gets from a model which has not seen it, nor any telling of the same matter.</summary>
    private static List<Scored> LeftOut(TrainingSet set, int[] groups, CancellationToken cancellation)
    {
        var scored = new List<Scored>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var isOut = groups.Select(g => SplitMix.Spread((ulong)g) % Folds == (ulong)fold).ToArray();
            int[] seen = [.. isOut.Index().Where(t => !t.Item).Select(t => t.Index)];
            if (seen.Length == 0 || seen.Length == isOut.Length)
            {
                continue;
            }

            var (vocabulary, weights) = set.Learn(seen, cancellation);
            foreach (var i in isOut.Index().Where(t => t.Item).Select(t => t.Index))
            {
                SparseVector[] forms = [set.VectorOf(i, vocabulary), set.OpeningOf(i, vocabulary)];
                scored.AddRange(forms.Where(v => v.Features.Length > 0).Select(v => new Scored([.. weights.Select(w => v.Dot(w))], v.Mass, set.Labels[i])));
            }
        }

        return scored;
    }

    /// <summary>The least probability from which on enough answers are right, and the share of right ones among all.</summary>
    private static (double From, double Accuracy) Confidence(List<Scored> leftOut, Calibration calibration, double wanted)
    {
        var answers = new List<(double Probability, bool IsRight)>();
        foreach (var (scores, mass, truth) in leftOut)
        {
            var p = new double[scores.Length];
            calibration.Apply(scores, mass, p);
            var best = Array.IndexOf(p, p.Max());
            answers.Add((p[best], best == truth));
        }

        double RightFrom(double from) => answers.Where(a => a.Probability >= from).Select(a => a.IsRight ? 1.0 : 0).DefaultIfEmpty(1).Average();
        var steps = Enumerable.Range(10, 9).Select(step => step * 0.05);   // never less than even odds
        return (Math.Round(steps.First(from => RightFrom(from) >= wanted || from > 0.88), 2), RightFrom(0));
    }

    /// <summary>The counted texts, from which models are learnt several times over.</summary>
    private sealed class TrainingSet(Dictionary<ulong, float>[] counted, Dictionary<ulong, float>[] openings, int[] labels, int labelCount, int leastTexts)
    {
        public int[] Labels => labels;

        public (Vocabulary Vocabulary, float[][] Weights) Learn(int[] seen, CancellationToken cancellation)
        {
            var vocabulary = VocabularyOf(seen);
            var vectors = new SparseVector[seen.Length];
            Parallel.For(0, seen.Length, i => vectors[i] = VectorOf(seen[i], vocabulary));
            return (vocabulary, LinearMachine.Train(vectors, [.. seen.Select(i => labels[i])], labelCount, vocabulary.Hashes.Length, cancellation));
        }

        private Vocabulary VocabularyOf(int[] seen)
        {
            var counts = new Dictionary<ulong, int>();
            foreach (var hash in seen.SelectMany(i => counted[i].Keys))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _)++;
            }

            var kept = counts.Where(c => c.Value >= leastTexts).OrderBy(c => c.Key).ToArray();
            return new Vocabulary([.. kept.Select(c => c.Key)], [.. kept.Select(c => 1 + MathF.Log((1f + seen.Length) / (1 + c.Value)))]);
        }

        public SparseVector VectorOf(int text, Vocabulary vocabulary) => VectorOf(counted[text], vocabulary);

        public SparseVector OpeningOf(int text, Vocabulary vocabulary) => VectorOf(openings[text], vocabulary);

        private static SparseVector VectorOf(Dictionary<ulong, float> counts, Vocabulary vocabulary)
        {
            var features = new List<(int Feature, float Value)>(counts.Count);
            foreach (var (hash, count) in counts)
            {
                var feature = Array.BinarySearch(vocabulary.Hashes, hash);
                if (feature >= 0)
                {
                    features.Add((feature, Scratch.Strength(count, vocabulary.Idf[feature])));
                }
            }

            features.Sort(static (a, b) => a.Feature.CompareTo(b.Feature));
            var norm = (float)(1 / Math.Sqrt(Math.Max(1e-12, features.Sum(f => (double)f.Value * f.Value))));
            return new SparseVector([.. features.Select(f => f.Feature)], [.. features.Select(f => f.Value * norm)], -Math.Log(norm));
        }
    }
}
