using System.Diagnostics;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Places;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Bench;

/// <summary>How fast written places are understood: those of the demo's requests, in the demo's county. The reference looks for every area's name in the text.</summary>
internal static class PlacesBench
{
    public static async Task<bool> RunAsync()
    {
        await using var town = await Town.FoundAsync();
        var map = await town.Services.GetRequiredService<AreaMaps>().CurrentAsync();
        var start = Stopwatch.GetTimestamp();
        var places = await town.Services.GetRequiredService<Gazetteers>().CurrentAsync();
        var build = Stopwatch.GetElapsedTime(start);

        using var file = File.OpenRead(Path.Combine(ShippedData.Folder("demo"), "requests.json"));
        var stories = JsonSerializer.Deserialize<List<Story>>(file, Json.Plain)!;
        var written = stories.Select(s => s.Place).OfType<string>().ToArray();
        var texts = stories.Select(s => $"{s.Title}。{s.Text}").ToArray();
        var plain = Measure.PerSecond(2_000, n => map.All.Count(a => written[n % written.Length].Contains(a.Name, StringComparison.Ordinal)));
        var address = Measure.PerSecond(2_000, n => places.Find(written[n % written.Length]).Count);
        var story = Measure.PerSecond(2_000, n => places.Find(texts[n % texts.Length], isStory: true).Count);

        Console.WriteLine($"places, {map.All.Count} areas, {written.Length} written places, one core");
        Console.WriteLine($"  every area's name looked for    {1e6 / plain.Rate,8:F1} µs  1.0 x (reference)");
        Console.WriteLine($"  an address, mistakes forgiven   {1e6 / address.Rate,8:F1} µs  {address.Rate / plain.Rate:F1} x the rate");
        Console.WriteLine($"  a request's whole text          {1e6 / story.Rate,8:F1} µs  {story.Rate / plain.Rate:F1} x");
        Console.WriteLine($"  loading and building            {build.TotalMilliseconds,8:F0} ms");
        return Measure.Target("an address in less than a millisecond", address.Rate > 1_000) & Measure.Target("a text in less than a millisecond", story.Rate > 1_000);
    }

    private sealed record Story(string Title, string Text, string? Place);
}
