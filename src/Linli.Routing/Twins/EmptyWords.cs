using System.Text;

namespace Linli.Routing.Twins;

/// <summary>Words that say nothing about the matter; they stand in the file beside this one.</summary>
internal static class EmptyWords
{
    /// <summary>Of two characters and more.</summary>
    public static IReadOnlyList<string> All { get; }

    /// <summary>Of one character: no run begins or ends with them.</summary>
    public static char[] Particles { get; }

    /// <summary>Without them at either end.</summary>
    public static string Trim(string run)
    {
        for (var before = ""; before != run;)
        {
            before = run;
            run = run.Trim(Particles);
            foreach (var empty in All)
            {
                run = run.StartsWith(empty, StringComparison.Ordinal) ? run[empty.Length..] : run;
                run = run.EndsWith(empty, StringComparison.Ordinal) ? run[..^empty.Length] : run;
            }
        }

        return run;
    }

    static EmptyWords()
    {
        using var file = new StreamReader(typeof(EmptyWords).Assembly.GetManifestResourceStream("empty-words.txt")!, Encoding.UTF8);
        var lines = file.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        (All, Particles) = ([.. lines.Where(l => l.Length > 1)], [' ', .. lines.Where(l => l.Length == 1).Select(l => l[0])]);
    }
}
