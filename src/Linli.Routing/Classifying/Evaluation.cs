namespace Linli.Routing.Classifying;

/// <param name="Support">Texts that are of this label.</param>
public sealed record LabelScore(string Label, double Precision, double Recall, double F1, int Support);

/// <summary>How good a classifier is on texts that it has not seen. Shares from 0 to 1.</summary>
/// <param name="MacroF1">The mean of the labels' F1: a small label counts as much as a large one.</param>
/// <param name="CalibrationError">Expected calibration error over ten equal steps of the probability: how far it is from the share of right answers, on average.</param>
/// <param name="Known">Share of texts for which the model claims to know; <paramref name="KnownAccuracy"/> is the accuracy on those.</param>
public sealed record Evaluation(int Texts, double Accuracy, double MacroF1, double CalibrationError, double Known, double KnownAccuracy, IReadOnlyList<LabelScore> Labels)
{
    public static Evaluation Of(TextClassifier classifier, IReadOnlyList<LabelledText> texts) => Of(Answers(classifier, texts), classifier.Card.ConfidentFrom);

    /// <summary>The best guess for each text beside the truth. A text without any known word counts as not answered.</summary>
    public static IReadOnlyList<(string Truth, Guess Answer)> Answers(TextClassifier classifier, IReadOnlyList<LabelledText> texts) =>
        [.. texts.Select(t => (t.Label, classifier.Classify(t.Text) is [var best, ..] ? best : default))];

    public static Evaluation Of(IReadOnlyList<(string Truth, Guess Answer)> answers, double confidentFrom)
    {
        var labels = answers.Select(a => a.Truth).Distinct().Order(StringComparer.Ordinal).Select(label => ScoreOf(label, answers)).ToList();
        var known = answers.Where(a => a.Answer.Probability >= confidentFrom).ToList();
        return new Evaluation(answers.Count, Share(answers), labels.Count == 0 ? 0 : labels.Average(l => l.F1), CalibrationErrorOf(answers),
            answers.Count == 0 ? 0 : known.Count / (double)answers.Count, Share(known), labels);
    }

    private static double Share(IReadOnlyList<(string Truth, Guess Answer)> answers) =>
        answers.Count == 0 ? 0 : answers.Count(a => a.Truth == a.Answer.Label) / (double)answers.Count;

    private static LabelScore ScoreOf(string label, IReadOnlyList<(string Truth, Guess Answer)> answers)
    {
        var (support, said, right) = (answers.Count(a => a.Truth == label), answers.Count(a => a.Answer.Label == label), answers.Count(a => a.Truth == label && a.Answer.Label == label));
        return new LabelScore(label, said == 0 ? 0 : right / (double)said, support == 0 ? 0 : right / (double)support, right == 0 ? 0 : 2.0 * right / (said + support), support);
    }

    private static double CalibrationErrorOf(IReadOnlyList<(string Truth, Guess Answer)> answers) => answers.GroupBy(a => Math.Min(9, (int)(a.Answer.Probability * 10)))
        .Sum(step => Math.Abs(step.Average(a => a.Answer.Probability) - Share([.. step])) * step.Count() / answers.Count);

    /// <summary>
    /// Cross-validation over the first source: each of its texts is answered by a model that has seen neither it nor another telling of the
    /// same matter, be that in the first source or in the others. Where words end is learnt from all of them at once, as it asks for no label;
    /// so every text is counted once and not once for each fold.
    /// </summary>
    public static Evaluation Across(IReadOnlyList<LabelledText> first, IReadOnlyList<LabelledText> others, int folds, TrainingOptions options, CancellationToken cancellation = default)
    {
        var all = CountedTexts.Of([.. first, .. others], options.Known, cancellation);
        var answers = new List<(string, Guess)>();
        var confidentFrom = 0.0;
        for (var fold = 0; fold < folds; fold++)
        {
            bool IsOut(int i) => SplitMix.Spread((ulong)all.Groups[i] + 77) % (ulong)folds == (ulong)fold;
            var model = ClassifierTraining.Train(all.Only(i => !IsOut(i)), options, cancellation);
            answers.AddRange(Answers(model, [.. first.Where((_, i) => IsOut(i))]));
            confidentFrom += model.Card.ConfidentFrom / folds;
        }

        return Of(answers, confidentFrom);
    }
}
