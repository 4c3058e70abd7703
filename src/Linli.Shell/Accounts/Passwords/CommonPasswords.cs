using System.Collections.Frozen;
using Linli.Kernel;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>
/// What many people choose: data/accounts/common-passwords.txt. A password is weak when it consists of two such words or fewer; digits between
/// and around them, signs, capitals, one letter for another (p@ssw0rd) and saying it twice help nobody.
/// </summary>
public sealed class CommonPasswords
{
    private const int MostWords = 2;

    /// <summary>Shorter pieces of a row of keys are chance.</summary>
    private const int ShortestRun = 4;

    private static readonly string[] Rows = [.. new[]
    {
        "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p",
    }.SelectMany(row => new[] { row, new string([.. row.Reverse()]) })];

    private readonly Lazy<FrozenSet<string>> _words = new(() =>
        File.ReadLines(Path.Combine(ShippedData.Folder("accounts"), "common-passwords.txt")).SelectMany(Readings).ToFrozenSet(StringComparer.Ordinal));

    public int Count => _words.Value.Count;

    /// <param name="password">As typed.</param>
    /// <param name="names">Words that are worth nothing in it: county, product, owner.</param>
    public bool IsWeak(string password, IReadOnlyList<string?> names)
    {
        var worthless = names.OfType<string>().SelectMany(Readings).Where(n => n.Length > 1).ToHashSet(StringComparer.Ordinal);
        return Readings(password).Any(reading => WordsIn(OnceOnly(reading), worthless) <= MostWords);
    }

    /// <summary>The fewest words that it consists of; digits count nothing, a letter on its own counts as one.</summary>
    private int WordsIn(string text, HashSet<string> worthless)
    {
        var words = _words.Value;
        var fewest = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            fewest[end] = fewest[end - 1] + (char.IsDigit(text[end - 1]) ? 0 : 1);
            for (var start = end - 2; start >= 0; start--)
            {
                var piece = text[start..end];
                if (worthless.Contains(piece))
                {
                    fewest[end] = Math.Min(fewest[end], fewest[start]);
                }
                else if (fewest[start] + 1 < fewest[end] && (words.Contains(piece) || IsRun(piece)))
                {
                    fewest[end] = fewest[start] + 1;
                }
            }
        }

        return fewest[^1];
    }

    private static bool IsRun(string piece) => piece.Length >= ShortestRun && Rows.Any(row => row.Contains(piece, StringComparison.Ordinal));

    /// <summary>Its letters, digits and pictures, as written and with the usual stand-ins for letters.</summary>
    private static IEnumerable<string> Readings(string text)
    {
        var folded = text.Compatible().ToLowerInvariant();
        return new[] { Only(folded), Only(Letters(folded, 'i')), Only(Letters(folded, 'l')) }.Distinct();
    }

    private static string Only(string text) => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || (!char.IsAscii(c) && !char.IsWhiteSpace(c))));

    private static string Letters(string text, char one) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o', '1' or '!' or '|' => one, '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '8' => 'b', _ => c,
    }));

    /// <summary>abcabcabc is abc.</summary>
    private static string OnceOnly(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && Enumerable.Range(0, text.Length / length).All(i => string.CompareOrdinal(text, i * length, text, 0, length) == 0))
            {
                return text[..length];
            }
        }

        return text;
    }
}
