using System.Runtime.InteropServices;

namespace Linli.Routing.Classifying;

/// <param name="Name">For the model's card.</param>
/// <param name="Now">For the model's card; nothing else depends on it.</param>
/// <param name="Known">A model whose knowledge of where words end is used when the texts at hand are not cut into words.</param>
public sealed record TrainingOptions(string Name, DateTimeOffset Now, TextClassifier? Known = null)
{
    /// <summary>A feature must stand in texts about as many different matters, or in more texts than that, to be learnt; rarer ones are mostly names.</summary>
    public int LeastMatters { get; init; } = 2;

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
    public static TextClassifier Train(IReadOnlyList<LabelledText> texts, TrainingOptions options, CancellationToken cancellation = default) =>
        Train(CountedTexts.Of(texts, options.Known, cancellation), options, cancellation);

    internal static TextClassifier Train(CountedTexts texts, TrainingOptions options, CancellationToken cancellation)
    {
        string[] labels = [.. texts.Labels.Distinct().Order(StringComparer.Ordinal)];
        if (labels.Length < 2)
        {
            throw new ArgumentException("Training needs texts of at least two labels.", nameof(texts));
        }

        var numbers = texts.Labels.Select(label => Array.BinarySearch(labels, label, StringComparer.Ordinal)).ToArray();
        var set = new TrainingSet(texts.Whole, texts.Openings, texts.Groups, numbers, labels.Length, options.LeastMatters);

        var leftOut = LeftOut(set, texts.Groups, cancellation);
        var calibration = Calibration.Fit(leftOut, labels.Length);
        var (confidentFrom, accuracy) = Confidence(leftOut, calibration, options.ConfidentAccuracy);
        var (vocabulary, weights) = set.Learn([.. Enumerable.Range(0, numbers.Length)], cancellation);
        var card = new ModelCard(options.Name, options.Now, numbers.Length, confidentFrom, accuracy);
        return new TextClassifier(card, labels, vocabulary, texts.Words, Weights.Of(weights, vocabulary.Hashes.Length), calibration);
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
    private sealed class TrainingSet(Dictionary<ulong, float>[] counted, Dictionary<ulong, float>[] openings, int[] groups, int[] labels, int labelCount, int leastMatters)
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
            var counts = new Dictionary<ulong, Spread>();
            foreach (var i in seen.OrderBy(i => groups[i]).ThenBy(i => i))
            {
                foreach (var hash in counted[i].Keys)
                {
                    ref var spread = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out var isKnown);
                    spread = new Spread(spread.Texts + 1, spread.Matters + (isKnown && spread.LastMatter == groups[i] ? 0 : 1), groups[i]);
                }
            }

            var kept = counts.Where(c => c.Value.Matters >= leastMatters || c.Value.Texts > leastMatters).OrderBy(c => c.Key).ToArray();
            return new Vocabulary([.. kept.Select(c => c.Key)], [.. kept.Select(c => 1 + MathF.Log((1f + seen.Length) / (1 + c.Value.Texts)))]);
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

    /// <summary>Where a feature stands: in how many texts, about how many matters, and the one counted last.</summary>
    private readonly record struct Spread(int Texts, int Matters, int LastMatter);
}
