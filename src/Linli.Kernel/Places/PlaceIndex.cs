using System.Collections.Frozen;

namespace Linli.Kernel.Places;

/// <summary>A name found in a text.</summary>
/// <param name="Written">As the text has it.</param>
/// <param name="Wrong">How what is written differs from the name; null where it does not.</param>
internal sealed record Mention(Alias Alias, int Start, string Written, double Quality, PlaceReason? Wrong = null)
{
    public int End => Start + Written.Length;
}

/// <summary>Finds known names in a text, also written with a wrong character. A name inside a longer one does not count.</summary>
internal sealed class PlaceIndex
{
    private const int Shortest = 2;
    private const char Any = '\0';

    // Further on a text tells a story; wrong characters are looked for in the address before it.
    private const int MostForgiven = 60;

    private readonly Confusions _confusions = Confusions.Shipped;
    private readonly FrozenDictionary<string, Alias[]> _byName;
    private readonly FrozenDictionary<string, Alias[]> _bySound;
    private readonly FrozenDictionary<string, Alias[]> _withOneOpen;
    private readonly int _longest;

    public PlaceIndex(IEnumerable<Alias> aliases)
    {
        var all = aliases.Where(a => a.Text.Length >= Shortest).ToList();
        _longest = all.Select(a => a.Text.Length).DefaultIfEmpty(0).Max();
        _byName = Group(all, a => [a.Text]);
        var forgiven = all.Where(a => !a.IsBare && a.Text.Length > Shortest).ToList();
        _bySound = Group(forgiven, a => [_confusions.SoundOf(a.Text)]);
        _withOneOpen = Group(forgiven, a => Enumerable.Range(0, a.Stem).Select(at => Open(a.Text, at)));
    }

    /// <summary>From the left; several at the same place where one name has several places.</summary>
    /// <param name="plain">Text as <see cref="PlaceNames.Plain"/> makes it.</param>
    /// <param name="forgives">Also with a wrong character.</param>
    public List<Mention> In(string plain, bool forgives)
    {
        var mentions = new List<Mention>();
        var lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < plain.Length; start++)
        {
            for (var length = Math.Min(_longest, plain.Length - start); length >= Shortest; length--)
            {
                if (lookup.TryGetValue(plain.AsSpan(start, length), out var aliases))
                {
                    mentions.AddRange(aliases.Select(a => new Mention(a, start, a.Text, a.Quality)));
                    start += length - 1;
                    break;
                }
            }
        }

        return forgives ? WithWrongCharacters(plain, mentions) : mentions;
    }

    /// <summary>A longer name with one wrong character explains more than a short one inside it that happens to be right (龙全镇 is no 全镇).</summary>
    private List<Mention> WithWrongCharacters(string plain, List<Mention> exact)
    {
        var text = plain.Length > MostForgiven ? plain[..MostForgiven] : plain;
        var sound = _confusions.SoundOf(text);
        var found = new List<Mention>();
        for (var start = 0; start < text.Length; start++)
        {
            for (var length = Math.Min(_longest, text.Length - start); length > Shortest; length--)
            {
                var inTheWay = exact.Where(m => m.Start < start + length && m.End > start).ToList();
                if (inTheWay.Exists(m => !m.Alias.IsBare || m.Start < start || m.End > start + length))
                {
                    continue;
                }

                if (Forgive(text.Substring(start, length), sound.AsSpan(start, length), start) is { Count: > 0 } mentions)
                {
                    exact.RemoveAll(inTheWay.Contains);
                    found.AddRange(mentions);
                    start += length - 1;
                    break;
                }
            }
        }

        return found.Count == 0 ? exact : [.. exact.Concat(found).OrderBy(m => m.Start)];
    }

    private List<Mention> Forgive(string written, ReadOnlySpan<char> sound, int start)
    {
        if (_bySound.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(sound, out var alike))
        {
            var same = alike.Where(a => 2 * Differences(a.Text, written) <= a.Stem).ToList();
            if (same.Count > 0)
            {
                return [.. same.Select(a => new Mention(a, start, written, 0.95 * a.Quality, new PlaceReason("写的是“{0}”，和“{1}”读音相同", written, a.Text)))];
            }
        }

        var found = new List<Mention>();
        for (var at = 0; at < written.Length - 1; at++)
        {
            foreach (var alias in _withOneOpen.GetValueOrDefault(Open(written, at)) ?? [])
            {
                if (alias.Text[at] == written[at])
                {
                    continue;
                }

                if (_confusions.LookAlike(alias.Text[at], written[at]))
                {
                    found.Add(new Mention(alias, start, written, 0.93 * alias.Quality, new PlaceReason("写的是“{0}”，和“{1}”字形相近", written, alias.Text)));
                }
                else if (alias.Stem > 2)
                {
                    found.Add(new Mention(alias, start, written, 0.75 * alias.Quality, new PlaceReason("写的是“{0}”，和“{1}”差一个字", written, alias.Text)));
                }
            }
        }

        return found;
    }

    private static int Differences(string one, string other) => one.Zip(other).Count(p => p.First != p.Second);

    private static string Open(string text, int at) => string.Concat(text.AsSpan(0, at), [Any], text.AsSpan(at + 1));

    private static FrozenDictionary<string, Alias[]> Group(List<Alias> aliases, Func<Alias, IEnumerable<string>> keys) =>
        aliases.SelectMany(a => keys(a).Select(key => (key, a))).GroupBy(p => p.key, p => p.a, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.DistinctBy(a => (a.Known.Area.Code, a.Known.Name, a.Known.Kind)).ToArray(), StringComparer.Ordinal);
}
