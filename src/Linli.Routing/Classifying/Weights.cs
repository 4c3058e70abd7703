namespace Linli.Routing.Classifying;

/// <summary>What each feature says for each label, in steps of 1/127 of the label's largest: features × labels small numbers.</summary>
internal sealed class Weights(sbyte[] steps, float[] scales)
{
    public sbyte[] Steps { get; } = steps;

    /// <summary>What one step is worth, for each label.</summary>
    public float[] Scales { get; } = scales;

    public static Weights Of(float[][] weights, int features)
    {
        var labels = weights.Length;
        var (steps, scales) = (new sbyte[features * labels], new float[labels]);
        for (var k = 0; k < labels; k++)
        {
            scales[k] = Math.Max(weights[k].Max(Math.Abs), 1e-9f) / 127;
            for (var j = 0; j < features; j++)
            {
                steps[(j * labels) + k] = (sbyte)Math.Clamp(MathF.Round(weights[k][j] / scales[k]), -127, 127);
            }
        }

        return new Weights(steps, scales);
    }

    public void AddTo(Span<float> sums, int feature, float value)
    {
        var row = Steps.AsSpan(feature * sums.Length, sums.Length);
        for (var k = 0; k < row.Length; k++)
        {
            sums[k] += row[k] * value;
        }
    }

    /// <summary>What a feature says for a label beyond what it says for the best of the others.</summary>
    public float Contrast(int feature, int label)
    {
        var row = Steps.AsSpan(feature * Scales.Length, Scales.Length);
        var others = float.NegativeInfinity;
        for (var k = 0; k < row.Length; k++)
        {
            others = k == label ? others : Math.Max(others, row[k] * Scales[k]);
        }

        return (row[label] * Scales[label]) - (float.IsFinite(others) ? others : 0);
    }
}
