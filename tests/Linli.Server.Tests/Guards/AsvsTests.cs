using System.Text.RegularExpressions;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>docs/operate/security.md answers for every item of OWASP ASVS 4.0.3, levels 1 and 2, and what it names is there.</summary>
public sealed partial class AsvsTests
{
    /// <summary>What a line may say in place of a test.</summary>
    private static readonly string[] Otherwise = ["the operator: ", "does not apply"];

    [Fact]
    public void Every_item_of_levels_1_and_2_stands_there_once()
    {
        var items = File.ReadLines(Repository.At("tests", "Linli.Server.Tests", "Guards", "asvs-4.0.3.csv")).Skip(1).Select(line => line.Split(','))
            .Where(parts => parts[2] is "1" or "2").Select(parts => parts[1]).ToList();

        Assert.Equal(items, Lines().Select(l => l.Item));
    }

    [Fact]
    public void Every_line_says_how_it_is_shown()
    {
        var silent = Lines().Where(l => l.What.Length == 0 || (!Otherwise.Any(l.Shown.Contains) && !Tests(l).Any() && !Files(l).Any()));

        Assert.Empty(silent.Select(l => l.Item));
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var sources = Repository.Files("tests", "*Tests.cs").Select(f => File.ReadAllText(Repository.At(f))).ToList();

        var missing = Lines().SelectMany(l => Tests(l).Select(t => (l.Item, t.Class, t.Method)))
            .Where(t => !sources.Any(s => s.Contains($" class {t.Class}", StringComparison.Ordinal) && s.Contains($" {t.Method}(", StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_document_that_is_named_exists() =>
        Assert.DoesNotContain(Lines().SelectMany(Files), f => !File.Exists(Repository.At(f.Split('/'))));

    private static IEnumerable<(string Class, string Method)> Tests(Line line) => Test().Matches(line.Shown).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    private static IEnumerable<string> Files(Line line) => Document().Matches(line.Shown).Select(m => m.Groups[1].Value);

    private static List<Line> Lines() =>
    [
        .. File.ReadLines(Repository.At("docs", "operate", "security.md")).Where(text => Row().IsMatch(text)).Select(text => text.Trim('|').Split('|'))
            .Select(cells => new Line(cells[0].Trim(), cells[1].Trim(), cells[^1].Trim())),
    ];

    private sealed record Line(string Item, string What, string Shown);

    [GeneratedRegex(@"^\| \d+\.\d+\.\d+ \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"`(docs/[\w/.-]+)`")]
    private static partial Regex Document();
}
