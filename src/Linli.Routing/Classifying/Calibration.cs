namespace Linli.Routing.Classifying;

/// <summary>What a text scored for each label.</summary>
/// <param name="Mass">How much the text says at all: the logarithm of the length of its vector before that was made 1.</param>
internal readonly record struct Scored(double[] Scores, double Mass, int Truth);

/// <summary>
/// Makes probabilities of scores, p = softmax((slope + growth × mass) × score + offset of the label), fitted on texts that the scores were
/// not trained on, whole and cut short, so that of all answers given with 80 % four in five are right. Three words score as high as three
/// hundred but are less to go by; hence the mass.
/// </summary>
internal sealed record Calibration(double Slope, double Growth, double[] Offsets)
{
    private const int Rounds = 500;

    public static Calibration Fit(IReadOnlyList<Scored> texts, int labelCount)
    {
        // Gradient descent with momentum on a convex function of a handful of numbers: slope, growth, then the offsets.
        var at = new double[labelCount + 2];
        var (speed, gradient, p) = (new double[at.Length], new double[at.Length], new double[labelCount]);
        at[0] = 2;
        for (var round = 0; round < Rounds && texts.Count > 0; round++)
        {
            Array.Clear(gradient);
            var now = new Calibration(at[0], at[1], at[2..]);
            foreach (var (scores, mass, truth) in texts)
            {
                now.Apply(scores, mass, p);
                for (var k = 0; k < labelCount; k++)
                {
                    var error = p[k] - (truth == k ? 1 : 0);
                    gradient[0] += error * scores[k];
                    gradient[1] += error * scores[k] * mass;
                    gradient[k + 2] += error;
                }
            }

            for (var j = 0; j < at.Length; j++)
            {
                speed[j] = (0.9 * speed[j]) - ((j == 1 ? 0.02 : 0.2) * gradient[j] / texts.Count);
                at[j] += speed[j];
            }
        }

        return new Calibration(at[0], at[1], at[2..]);
    }

    public void Apply(ReadOnlySpan<double> scores, double mass, Span<double> probabilities)
    {
        var most = double.NegativeInfinity;
        var slope = Math.Max(0.1, Slope + (Growth * mass));
        for (var k = 0; k < scores.Length; k++)
        {
            probabilities[k] = (slope * scores[k]) + Offsets[k];
            most = Math.Max(most, probabilities[k]);
        }

        var sum = 0.0;
        for (var k = 0; k < scores.Length; k++)
        {
            sum += probabilities[k] = Math.Exp(probabilities[k] - most);
        }

        for (var k = 0; k < scores.Length; k++)
        {
            probabilities[k] /= sum;
        }
    }
}
