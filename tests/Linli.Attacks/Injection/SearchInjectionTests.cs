using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Linli.Testing.Http;

namespace Linli.Attacks.Injection;

/// <summary>What would be true for every row, or match every text, finds no more than a word that stands nowhere.</summary>
public sealed partial class SearchInjectionTests(Besieged besieged) : IClassFixture<Besieged>
{
    private const string Nonsense = "zqxjk";

    private static readonly string[] Always =
    [
        "zqxjk' or '1'='1", "zqxjk\") or (\"1\"=\"1", "zqxjk' or 1=1 --", "%%", "%_%", "zqxjk* OR NOT zqxjk", "zqxjk | !zqxjk:*", "$.* || .*",
    ];

    [Fact]
    public async Task Nothing_that_is_always_true_finds_more_than_nonsense_does()
    {
        var more = new ConcurrentBag<string>();
        var narrowed = 0;
        await besieged.Barrage().AtAsync(door => door.Method == HttpMethod.Get, async door =>
        {
            var visitor = await besieged.Crowd.ForAsync(door);
            foreach (var names in Parameters.WordsOf(door))
            {
                var nothing = await FoundAsync(visitor, door, names, Nonsense);
                Interlocked.Add(ref narrowed, (await FoundAsync(visitor, door, names, "")).Except(nothing).Any() ? 1 : 0);
                foreach (var always in Always)
                {
                    more.Add((await FoundAsync(visitor, door, names, always)).Except(nothing).Select(found => $"{door} {names[0]}={always} finds {found}").FirstOrDefault(""));
                }
            }
        });

        Assert.DoesNotContain(more, m => m.Length > 0);
        Assert.True(narrowed >= 6, $"Only {narrowed} parameters narrow anything; the test looks at nothing.");
    }

    /// <summary>Everything in an answer that names something, and how much there is of everything else.</summary>
    private async Task<IReadOnlySet<string>> FoundAsync(Visitor visitor, Door door, string[] names, string value)
    {
        var text = (await visitor.GetAsync($"{door.PathWith(besieged.Stage.Real)}?{string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(value)}"))}")).Text;
        var parts = Parts().Matches(text).GroupBy(m => m.Value).SelectMany(g => Enumerable.Range(1, g.Count()).Select(i => $"{g.Key} for the {i}th time"));
        return parts.Concat(Names().Matches(text).Select(m => m.Value)).ToHashSet();
    }

    [GeneratedRegex("<tr|<li|<option|<article|\\{\"")]
    private static partial Regex Parts();

    [GeneratedRegex("\\d{6}-\\d{6}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Names();
}
