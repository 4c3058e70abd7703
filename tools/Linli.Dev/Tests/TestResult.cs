namespace Linli.Dev.Tests;

/// <summary>The sum of all suites, and how it is told.</summary>
internal sealed class TestResult
{
    private readonly Lock _lock = new();
    private readonly List<TestNote> _failed = [];
    private readonly List<TestNote> _skipped = [];
    private int _passed;

    public void Add(SuiteResult suite)
    {
        lock (_lock)
        {
            _passed += suite.Passed;
            _failed.AddRange(suite.Failed);
            _skipped.AddRange(suite.Skipped);
        }
    }

    public void Fail(string what, string why) => _failed.Add(new TestNote(what, why));

    public void Skip(string what, string why) => _skipped.Add(new TestNote(what, why));

    /// <summary>The last line is always "N passed, N failed"; machines read it.</summary>
    /// <returns>Exit code.</returns>
    public int Report(bool noSkip)
    {
        foreach (var note in _failed)
        {
            Console.WriteLine($"\nFAILED {note.Test}\n{Indent(note.Why)}");
        }

        if (_skipped.Count > 0)
        {
            Console.WriteLine($"\n{new string('!', 78)}\nSKIPPED, so nobody knows whether it works{(noSkip ? " (which counts as failed here)" : "")}:");
            foreach (var group in _skipped.GroupBy(s => s.Why))
            {
                Console.WriteLine($"  {group.Count()} × {group.Key}");
                Console.WriteLine(string.Join('\n', group.Take(5).Select(s => $"      {s.Test}").Append(group.Count() > 5 ? "      …" : "")).TrimEnd());
            }

            Console.WriteLine(new string('!', 78));
        }

        var failed = _failed.Count + (noSkip ? _skipped.Count : 0);
        if (_passed + failed == 0)
        {
            Console.WriteLine("\nNo test was run at all.");
            failed = 1;
        }

        Console.WriteLine($"\n{_passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Take(40).Select(line => $"       {line.TrimEnd()}"));
}
