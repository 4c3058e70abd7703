using System.Diagnostics;
using System.Text.Json;
using Linli.Kernel;
using Linli.Routing.Classifying;

namespace Linli.Bench;

/// <summary>
/// How fast messages are sorted and a model is learnt, on messages of 300 characters put together from the demo's texts. The reference
/// cuts the same messages into strings and looks each up in a dictionary, as a plain program would.
/// </summary>
internal static class RoutingBench
{
    private const int Length = 300, Trained = 10_000;

    public static bool Run()
    {
        var texts = Messages();
        var start = Stopwatch.GetTimestamp();
        var model = ClassifierTraining.Train(texts, new TrainingOptions("bench", DateTimeOffset.UnixEpoch));
        var learning = Stopwatch.GetElapsedTime(start);
        using var file = new MemoryStream();
        ModelFile.Write(model, file);

        var sample = texts.Take(1_000).Select(t => t.Text).ToArray();
        var grams = sample.Take(200).SelectMany(Grams).Distinct().Index().ToDictionary(g => g.Item, g => g.Index);
        var plain = Measure.PerSecond(2_000, n => Grams(sample[n % sample.Length]).Sum(g => grams.GetValueOrDefault(g)));
        var probabilities = new double[model.Labels.Count];
        var sorting = Measure.PerSecond(10_000, n => model.Probabilities(sample[n % sample.Length], probabilities) ? 1 : 0);
        using var shippedFile = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "routing", "sectors.model"));
        var shippedLength = shippedFile.Length;
        var shipped = ModelFile.Read(shippedFile);
        var sectors = new double[shipped.Labels.Count];
        var shippedSorting = Measure.PerSecond(10_000, n => shipped.Probabilities(sample[n % sample.Length], sectors) ? 1 : 0);
        var explaining = Measure.PerSecond(2_000, n => model.WordsFor(model.Labels[n % model.Labels.Count], sample[n % sample.Length]).Count);

        Console.WriteLine($"routing, {model.Labels.Count} labels, messages of {Length} characters, one core");
        Console.WriteLine($"  looking up strings in a dictionary  {plain.Rate,9:N0} a second  1.0 x (reference)");
        Console.WriteLine($"  sorting a message                   {sorting.Rate,9:N0} a second  {sorting.Rate / plain.Rate:F1} x, {sorting.Bytes} bytes allocated a call");
        Console.WriteLine($"  the same with the shipped model     {shippedSorting.Rate,9:N0} a second  {shippedSorting.Rate / plain.Rate:F1} x, {shippedSorting.Bytes} bytes allocated a call");
        Console.WriteLine($"  the words that spoke for a label    {explaining.Rate,9:N0} a second  {explaining.Rate / plain.Rate:F1} x");
        Console.WriteLine($"  learning from {Trained:N0} messages       {learning.TotalSeconds,9:F1} s, calibration included, {Environment.ProcessorCount} cores");
        Console.WriteLine($"  the model as a file                 {file.Length / 1e6,9:F1} MB, the shipped one {shippedLength / 1e6:F1} MB");

        return Measure.Target("at least 20 000 messages a second", sorting.Rate >= 20_000 && shippedSorting.Rate >= 20_000)
            & Measure.Target("without allocation", sorting.Bytes == 0 && shippedSorting.Bytes == 0)
            & Measure.Target("learning takes less than 30 s", learning.TotalSeconds < 30)
            & Measure.Target("the files are smaller than 20 MB", file.Length < 20_000_000 && shippedLength < 20_000_000);
    }

    private static IEnumerable<string> Grams(string text) =>
        Enumerable.Range(0, text.Length).SelectMany(at => Enumerable.Range(1, 3).Where(n => at + n <= text.Length).Select(n => text.Substring(at, n)));

    /// <summary>Sentences of requests of seven groups of types, shuffled within the group.</summary>
    private static List<LabelledText> Messages()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "demo", "requests.json"));
        var groups = JsonSerializer.Deserialize<List<Story>>(file, Json.Plain)!
            .GroupBy(s => s.Type.Split('-')[0]).OrderByDescending(g => g.Count()).Take(7)
            .Select(g => (Label: g.Key, Sentences: g.SelectMany(s => $"{s.Title}。{s.Text}".Split('。', '，')).Where(s => s.Length > 2).ToArray())).ToArray();
        var random = new Random(5311);
        return [.. Enumerable.Range(0, Trained).Select(i => groups[i % groups.Length]).Select(g => new LabelledText(g.Label, Put(g.Sentences)))];

        string Put(string[] sentences)
        {
            var text = "";
            while (text.Length < Length)
            {
                // One sentence in four comes from anywhere, so that there is something to learn.
                var from = random.Next(4) == 0 ? groups[random.Next(groups.Length)].Sentences : sentences;
                text += from[random.Next(from.Length)] + "，";
            }

            return text[..Length];
        }
    }

    private sealed record Story(string Type, string Title, string Text);
}
