using System.Diagnostics;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Linli.Dev.Tests;

/// <summary>One test that did not pass.</summary>
internal sealed record TestNote(string Test, string Why);

/// <summary>What came of one suite on one database.</summary>
internal sealed record SuiteResult(int Passed, IReadOnlyList<TestNote> Failed, IReadOnlyList<TestNote> Skipped);

/// <summary>One suite on one database.</summary>
/// <param name="Database">sqlite or postgres; null for a suite without a store.</param>
internal sealed record SuiteRun(Suite Suite, string? Database, string? Connection)
{
    /// <summary>A test of what only one database has is not run on the other: there it would be neither passed nor worth a word.</summary>
    private IEnumerable<string> OfThisDatabase => Database is null ? [] : ["-trait-", $"Only={(Database == "sqlite" ? "postgres" : "sqlite")}"];

    /// <summary>Files that Linli may not ship lie beside the repository or not at all; that is no fault of the machine.</summary>
    private static IEnumerable<string> WithoutSharedFiles(Repository repository) =>
        Directory.Exists(Path.Combine(Environment.GetEnvironmentVariable("LINLI_SHARED") ?? repository.At("..", "shared"), "data")) ? [] : ["-trait-", "Needs=shared files"];

    private string Title => Database is null ? Suite.Name : $"{Suite.Name} on {Database}";

    public async Task<SuiteResult> RunAsync(Repository repository, TestFilter filter, CancellationToken cancellation)
    {
        var report = Path.Combine(repository.Artifacts, "tests", $"{Suite.Name}-{Database ?? "plain"}.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        File.Delete(report);
        var clock = Stopwatch.StartNew();
        var (exitCode, output) = await Run.CaptureAsync(repository.Root, "dotnet",
            [Suite.Dll, "-noColor", "-noLogo", "-noAutoReporters", "-printMaxEnumerableLength", "40", "-printMaxStringLength", "300",
                "-xml", report, .. OfThisDatabase, .. WithoutSharedFiles(repository), .. filter.Arguments],
            new Dictionary<string, string> { ["LINLI_TEST_DB"] = Database ?? "sqlite", ["LINLI_TEST_PG"] = Connection ?? "" },
            cancellation: cancellation);
        var result = Read(report, exitCode, output, cancellation.IsCancellationRequested);
        var skipped = result.Skipped.Count > 0 ? $", {result.Skipped.Count} skipped" : "";
        Console.WriteLine($"{(result.Failed.Count == 0 ? "ok    " : "FAILED")} {Title,-42} {result.Passed,5} passed, {result.Failed.Count} failed{skipped}  {clock.Elapsed.TotalSeconds,6:F1} s");
        return result;
    }

    private SuiteResult Read(string report, int exitCode, string output, bool wasStopped)
    {
        var assembly = Load(report);
        if (assembly is null)
        {
            var why = wasStopped ? "It did not end in time and was stopped." : $"It ended with exit code {exitCode} and left no report.";
            return new SuiteResult(0, [new TestNote(Title, $"{why}\n{Tail(output)}")], []);
        }

        var tests = assembly.Descendants("test").ToList();
        var failed = tests.Where(t => Is(t, "Fail")).Select(t => new TestNote(NameOf(t), Why(t.Element("failure")))).ToList();
        failed.AddRange(assembly.Descendants("error").Select(e => new TestNote((string?)e.Attribute("name") ?? "error", Why(e.Element("failure")))));
        if (exitCode != 0 && failed.Count == 0)
        {
            failed.Add(new TestNote(Title, $"No test failed, but it ended with exit code {exitCode}.\n{Tail(output)}"));
        }

        return new SuiteResult(
            tests.Count(t => Is(t, "Pass")), failed,
            [.. tests.Where(t => Is(t, "Skip")).Select(t => new TestNote(NameOf(t), t.Element("reason")?.Value.Trim() ?? ""))]);
    }

    private static XElement? Load(string report)
    {
        try
        {
            return File.Exists(report) ? XDocument.Load(report).Root : null;
        }
        catch (XmlException)
        {
            return null; // cut off in the middle of writing
        }
    }

    private string NameOf(XElement test) => string.Create(CultureInfo.InvariantCulture, $"{test.Attribute("name")?.Value}{(Database is null ? "" : $" [{Database}]")}");

    private static bool Is(XElement test, string result) => (string?)test.Attribute("result") == result;

    private static string Why(XElement? failure) =>
        $"{failure?.Element("message")?.Value.Trim().Replace("\\\"", "\"", StringComparison.Ordinal)}\n{OwnFrames(failure?.Element("stack-trace")?.Value)}".Trim();

    /// <summary>The frames in our own sources, which is where one looks.</summary>
    private static string OwnFrames(string? stack) =>
        string.Join('\n', (stack ?? "").Split('\n').Where(line => line.Contains("Linli", StringComparison.OrdinalIgnoreCase)).Take(6).Select(line => line.TrimEnd()));

    private static string Tail(string output) => string.Join('\n', output.TrimEnd().Split('\n').TakeLast(30));
}
