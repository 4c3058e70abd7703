using Linli.Routing.Classifying;
using Linli.Routing.Twins;

namespace Linli.Routing.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void The_figures_are_what_one_reckons_by_hand()
    {
        var result = Evaluation.Of(
        [
            ("a", new Guess("a", 0.95)), ("a", new Guess("a", 0.95)), ("a", new Guess("b", 0.55)), ("b", new Guess("b", 0.85)), ("b", default),
        ], confidentFrom: 0.6);

        Assert.Equal((5, 0.6), (result.Texts, result.Accuracy));
        Assert.Equal([("a", 1, 0.6667, 0.8, 3), ("b", 0.5, 0.5, 0.5, 2)], result.Labels.Select(l => (l.Label, l.Precision, Math.Round(l.Recall, 4), Math.Round(l.F1, 4), l.Support)));
        Assert.Equal(0.65, result.MacroF1, 12);
        Assert.Equal(((2 * 0.05) + 0.55 + 0.15 + 0) / 5, result.CalibrationError, 12);
        Assert.Equal((0.6, 1), (result.Known, result.KnownAccuracy));
    }

    [Fact]
    public void Cross_validation_does_not_take_remembering_for_knowing()
    {
        // Random labels: whoever has not seen the other telling of a matter can only guess.
        var random = new SplitMix(5);
        string Word() => string.Concat(Enumerable.Range(0, 40).Select(_ => (char)(0x4E00 + (random.Next() % 900))));
        var told = Enumerable.Range(0, 120).Select(i => new LabelledText(random.Next() % 2 == 0 ? "a" : "b", Word())).ToList();
        var again = told.Select(t => t with { Text = "您好，" + t.Text[2..] }).ToList();

        var across = Evaluation.Across(told, again, 4, new TrainingOptions("t", DateTimeOffset.UnixEpoch));
        var remembered = Evaluation.Of(Messages.Model(again), told);

        Assert.InRange(across.Accuracy, 0.3, 0.7);
        Assert.True(remembered.Accuracy > 0.95, $"{remembered.Accuracy}");   // else the texts were not learnable at all
    }

    [Fact]
    public void Tellings_of_one_matter_fall_into_one_group_and_others_do_not()
    {
        var groups = Sketch.Groups(
        [
            "城南社区三号楼楼下的路灯坏了一个星期，晚上老人出门很不安全，请尽快修理。",
            "村里的自来水已经停了两天，做饭都成问题，什么时候能恢复供水？",
            "您好！城南社区三号楼楼下的路灯坏了一个星期，晚上老人出门很不安全，请尽快修理，谢谢！",
            "",
            "",
        ]);
        Assert.Equal(groups[0], groups[2]);
        Assert.Equal(4, groups.Distinct().Count());
    }

    [Theory]
    [InlineData("水厂", "饮用水浑浊水厂")]
    [InlineData("饮用水", "饮用水浑浊水厂")]
    public void Words_are_cut_where_the_sorted_messages_cut_them(string word, string text)
    {
        var cutter = WordCutter.Learn([["饮用水", "浑浊"], ["饮用水", "水厂"], ["浑浊", "水厂"]]);
        var found = new Found(text, []);
        cutter.Scan(text, ref found);
        Assert.Contains(word, found.Words);
        Assert.Equal(3, found.Words.Count);
    }

    private readonly record struct Found(string Text, List<string> Words) : IGramSink
    {
        public void Gram(ulong hash, int start, int length, float weight) => Words.Add(Text.Substring(start, length));
    }
}
