namespace Linli.Routing.Classifying;

/// <summary>The features that the model knows: their hashes, ascending, and how telling each is by its rareness (inverse document frequency).</summary>
internal sealed record Vocabulary(ulong[] Hashes, float[] Idf);

/// <summary>A thread's sheet of paper: how often each feature stood in the text at hand. Wiped by touching only what was written.</summary>
internal sealed class Scratch(int features)
{
    private readonly float[] _counts = new float[features];
    private readonly int[] _touched = new int[2 * GramScan.MostText * (GramScan.Longest + 1)];
    private int _length;

    public void Add(int number, float weight)
    {
        ref var count = ref _counts[number];
        if (count == 0)
        {
            if (_length == _touched.Length)
            {
                return;
            }

            _touched[_length++] = number;
        }

        count += weight;
    }

    /// <summary>The score of each label and the text's mass; null when nothing was known.</summary>
    public double? Weigh(float[] idf, Weights weights, Span<double> scores)
    {
        scores.Clear();
        var square = 0.0;
        Span<float> sums = stackalloc float[scores.Length];
        sums.Clear();
        for (var i = 0; i < _length; i++)
        {
            var number = _touched[i];
            var value = Strength(_counts[number], idf[number]);
            _counts[number] = 0;
            square += value * value;
            weights.AddTo(sums, number, value);
        }

        var norm = _length > 0 ? 1 / Math.Sqrt(square) : 0;
        _length = 0;
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = sums[k] * weights.Scales[k] * norm;
        }

        return norm > 0 ? -Math.Log(norm) : null;
    }

    /// <summary>The second time a word stands it says less than the first.</summary>
    public static float Strength(float count, float idf) => (1 + MathF.Log(count)) * idf;
}
