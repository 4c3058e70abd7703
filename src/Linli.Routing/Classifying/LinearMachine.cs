namespace Linli.Routing.Classifying;

/// <summary>
/// A linear support vector machine for each label against all others: squared hinge loss, dual coordinate descent
/// (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008). The same input gives the same weights.
/// </summary>
internal static class LinearMachine
{
    /// <summary>How much an error costs against large weights; best in cross-validation between 3 and 10.</summary>
    private const double Cost = 5;

    private const int MostRounds = 15;

    /// <summary>Errors in rare labels cost more, by the root of how rare they are: a small office's requests matter as much.</summary>
    private const double Balance = 0.5;

    /// <returns>For each label a weight for each feature.</returns>
    public static float[][] Train(IReadOnlyList<SparseVector> vectors, IReadOnlyList<int> labels, int labelCount, int featureCount, CancellationToken cancellation)
    {
        var sizes = new int[labelCount];
        foreach (var label in labels)
        {
            sizes[label]++;
        }

        var weights = new float[labelCount][];
        var squares = vectors.Select(v => v.Values.Sum(x => (double)x * x)).ToArray();
        Parallel.For(0, labelCount, new ParallelOptions { CancellationToken = cancellation }, label =>
        {
            var cost = Cost * Math.Pow(labels.Count / (double)labelCount / Math.Max(1, sizes[label]), Balance);
            weights[label] = sizes[label] == 0 ? new float[featureCount] : One(vectors, squares, labels, label, featureCount, cost);
        });
        return weights;
    }

    private static float[] One(IReadOnlyList<SparseVector> vectors, double[] squares, IReadOnlyList<int> labels, int label, int featureCount, double cost)
    {
        var (weights, alphas) = (new double[featureCount], new double[vectors.Count]);
        var order = Enumerable.Range(0, vectors.Count).ToArray();
        var random = new SplitMix(unchecked((ulong)label * 7919) + 1);
        for (var round = 0; round < MostRounds; round++)
        {
            random.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                var (features, values) = (vectors[i].Features, vectors[i].Values);
                var (sign, softness) = labels[i] == label ? (1.0, 0.5 / cost) : (-1.0, 0.5 / Cost);
                var sum = 0.0;
                for (var t = 0; t < features.Length; t++)
                {
                    sum += weights[features[t]] * values[t];
                }

                var gradient = (sign * sum) - 1 + (alphas[i] * softness);
                worst = Math.Max(worst, Math.Abs(alphas[i] == 0 ? Math.Min(gradient, 0) : gradient));
                var alpha = Math.Max(alphas[i] - (gradient / (squares[i] + softness)), 0);
                var step = (alpha - alphas[i]) * sign;
                alphas[i] = alpha;
                for (var t = 0; step != 0 && t < features.Length; t++)
                {
                    weights[features[t]] += step * values[t];
                }
            }

            if (worst < 0.05)
            {
                break;
            }
        }

        return Array.ConvertAll(weights, w => (float)w);
    }
}
