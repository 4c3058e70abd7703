namespace Linli.Routing.Classifying;

/// <summary>A text as numbers: which features, ascending, and how strong. Its length is 1.</summary>
/// <param name="Mass">The logarithm of its length before.</param>
internal readonly record struct SparseVector(int[] Features, float[] Values, double Mass)
{
    public double Dot(ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Features.Length; i++)
        {
            sum += weights[Features[i]] * Values[i];
        }

        return sum;
    }
}

/// <summary>Counts the features of one text while training.</summary>
internal readonly struct CountingSink(Dictionary<ulong, float> counts) : IGramSink
{
    public void Gram(ulong hash, int start, int length, float weight) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _) += weight;
}
