namespace Linli.Routing.Twins;

/// <summary>What two texts have in common, as a reader would name it: the longest runs of characters that stand in both.</summary>
public static class CommonRuns
{
    /// <summary>Matters are told first and explained later.</summary>
    private const int Looked = 600;

    /// <summary>At the most so many, the longest first; as they stand in the first text, folded.</summary>
    public static IReadOnlyList<string> Of(string one, string other, int most = 3)
    {
        var (a, b) = (TextGrams.Fold(one[..Math.Min(one.Length, Looked)]), TextGrams.Fold(other[..Math.Min(other.Length, Looked)]));
        var (above, row) = (new int[b.Length + 1], new int[b.Length + 1]);
        var longest = new int[a.Length + 1];   // by the end in the first text
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = a[i - 1] == b[j - 1] && a[i - 1] != ' ' ? above[j - 1] + 1 : 0;
                longest[i] = Math.Max(longest[i], row[j]);
            }

            (above, row) = (row, above);
        }

        var found = new List<string>();
        for (var i = 1; i <= a.Length; i++)
        {
            var isWhole = i == a.Length || longest[i + 1] <= longest[i];
            if (isWhole && longest[i] >= 2 && Word(a, i - longest[i], i) is { } run)
            {
                found.Add(run);
            }
        }

        var kept = new List<string>();
        foreach (var run in found.Distinct().OrderByDescending(r => r.Length).Where(r => !kept.Exists(k => k.Contains(r, StringComparison.Ordinal))))
        {
            kept.Add(run);
            if (kept.Count == most)
            {
                break;
            }
        }

        return kept;
    }

    /// <summary>Without the words that say nothing at its ends, and without torn words of Latin letters; null when too little is left.</summary>
    private static string? Word(string text, int from, int to)
    {
        while (from < to && from > 0 && char.IsAsciiLetterOrDigit(text[from]) && char.IsAsciiLetterOrDigit(text[from - 1]))
        {
            from++;
        }

        while (to > from && to < text.Length && char.IsAsciiLetterOrDigit(text[to]) && char.IsAsciiLetterOrDigit(text[to - 1]))
        {
            to--;
        }

        var run = EmptyWords.Trim(text[from..to]);
        return run.Length >= (run.Length > 0 && char.IsAscii(run[0]) ? 3 : 2) ? run : null;
    }
}
