using Linli.Routing.Twins;

namespace Linli.Routing.Topics;

/// <summary>Finds words for a group of texts: whole phrases of its own people, that many of them use and few others.</summary>
internal sealed class TopicNamer(IReadOnlyList<TopicText> texts)
{
    private const int Longest = 20, Scored = 60, Looked = 120, MostWords = 3;

    private readonly string[] _written = [.. texts.Select(t => $"{t.Title} {t.Text[..Math.Min(t.Text.Length, Looked)]}")];
    private readonly string[] _told = [.. texts.Select(t => TextGrams.Fold($"{t.Title} {t.Text[..Math.Min(t.Text.Length, Looked)]}"))];
    private readonly string[] _titles = [.. texts.Select(t => TextGrams.Fold(t.Title))];

    public Topic Name(List<int> members, int voices, int weight)
    {
        var phrases = Phrases(members);
        var chosen = new List<Phrase>();
        foreach (var phrase in phrases)
        {
            if (chosen.Count < MostWords && phrase.Titles >= Math.Max(2, members.Count / 6) && phrase.Text.Count(char.IsAsciiDigit) < 4 && !chosen.Exists(c => Overlaps(c.Text, phrase.Text)))
            {
                chosen.Add(phrase);
            }
        }

        var words = chosen.OrderBy(p => p.Position).Select(p => Written(p.Text, members)).ToList();
        var place = phrases.Where(p => p.Share >= 0.3 && Places.IsPlace(p.Text)).OrderByDescending(p => p.Share).ThenByDescending(p => p.Text.Length).ThenBy(p => p.Text, StringComparer.Ordinal)
            .Select(p => Written(p.Text, members)).FirstOrDefault();
        return new Topic(words, place, members, voices, weight);
    }

    /// <summary>As the most typical of the group writes it.</summary>
    private string Written(string folded, List<int> members)
    {
        var member = members.First(m => _told[m].Contains(folded, StringComparison.Ordinal));
        return _written[member].Substring(_told[member].IndexOf(folded, StringComparison.Ordinal), folded.Length);
    }

    private List<Phrase> Phrases(List<int> members)
    {
        var counts = new Dictionary<string, (int Texts, int Titles, double Position)>();
        foreach (var member in members)
        {
            foreach (var (run, at) in RunsOf(_told[member]))
            {
                var (n, titles, position) = counts.GetValueOrDefault(run);
                counts[run] = (n + 1, titles + (_titles[member].Contains(run, StringComparison.Ordinal) ? 1 : 0), position + ((double)at / _told[member].Length));
            }
        }

        var least = Math.Max(2, members.Count / 5);
        var common = counts.Where(c => c.Value.Texts >= least).OrderByDescending(c => c.Key.Length).ToList();
        return [.. common
            .Where(c => !common.TakeWhile(longer => longer.Key.Length > c.Key.Length).Any(longer => longer.Value.Texts * 10 >= c.Value.Texts * 7 && longer.Key.Contains(c.Key, StringComparison.Ordinal)))
            .Select(c => (Text: EmptyWords.Trim(c.Key), c.Value)).Where(c => c.Text.Count(ch => ch > '\u2E80') >= 2).DistinctBy(c => c.Text)
            .OrderByDescending(c => (c.Value.Texts + (2 * c.Value.Titles)) * Math.Min(c.Text.Length, 6)).ThenBy(c => c.Text, StringComparer.Ordinal).Take(Scored)
            .Select(c => new Phrase(c.Text, (double)c.Value.Texts / members.Count, c.Value.Position / c.Value.Texts, c.Value.Titles, ScoreOf(c.Text, c.Value.Texts, c.Value.Titles, members.Count)))
            .OrderByDescending(p => p.Score).ThenBy(p => p.Text, StringComparer.Ordinal)];
    }

    /// <summary>How many of the group say it, how much rarer it is elsewhere, and that whole names read better than pieces.</summary>
    private double ScoreOf(string text, int inGroup, int inTitles, int size)
    {
        var everywhere = Math.Max(inGroup, _told.Count(t => t.Contains(text, StringComparison.Ordinal)));
        return (inGroup + (2.0 * inTitles)) / size * Math.Log(1 + ((double)_told.Length / everywhere)) * Math.Pow(Math.Min(text.Length, 6), 0.6);
    }

    private static IEnumerable<(string Run, int At)> RunsOf(string text)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < text.Length; i++)
        {
            // No run begins or ends within a name of letters and digits.
            if (text[i] == ' ' || (i > 0 && char.IsAsciiLetterOrDigit(text[i - 1])))
            {
                continue;
            }

            for (var n = 2; n <= Longest && i + n <= text.Length && text[i + n - 1] != ' '; n++)
            {
                if (!(i + n < text.Length && char.IsAsciiLetterOrDigit(text[i + n - 1]) && text[i + n] != ' ') && seen.Add(text.Substring(i, n)))
                {
                    yield return (text.Substring(i, n), i);
                }
            }
        }
    }

    private static bool Overlaps(string one, string other) =>
        Enumerable.Range(0, Math.Max(0, other.Length - 1)).Any(i => one.Contains(other.AsSpan(i, 2), StringComparison.Ordinal));

    private sealed record Phrase(string Text, double Share, double Position, int Titles, double Score);
}
