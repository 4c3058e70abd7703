namespace Linli.Routing.Classifying;

/// <summary>Is told each feature of a text where it stands.</summary>
internal interface IGramSink
{
    /// <param name="hash">Of the folded characters, with the kind of feature mixed in.</param>
    /// <param name="start">In the text, in characters.</param>
    /// <param name="length">In characters.</param>
    /// <param name="weight">More than 1 near the beginning.</param>
    void Gram(ulong hash, int start, int length, float weight);
}

/// <summary>
/// Cuts a text into features: runs of one to three Han characters, and words of Latin letters, alone and in pairs, with the
/// four-letter pieces of long ones so that a typing error does not hide a word. Nothing is copied; each place is visited once.
/// </summary>
internal static class GramScan
{
    /// <summary>Longer runs of Han characters add features but no correctness (measured).</summary>
    public const int Longest = 3;

    /// <summary>What comes later says little new and would only cost time.</summary>
    public const int MostText = 4_000;

    private const ulong Han = 0x9E3779B97F4A7C15, Latin = 0xC2B2AE3D27D4EB4F, Pair = 0x165667B19E3779F9, Piece = 0x27D4EB2F165667C5;

    public static void Scan<TSink>(ReadOnlySpan<char> text, ref TSink sink) where TSink : IGramSink, allows ref struct
    {
        text = text[..Math.Min(text.Length, MostText)];
        var (place, before) = (0, 0UL);
        for (var at = 0; at < text.Length; at++)
        {
            var c = Fold(text[at]);
            if (IsHan(c))
            {
                var weight = WeightAt(place++);
                var hash = Han;
                for (var n = 1; n <= Longest && at + n <= text.Length; n++)
                {
                    var next = text[at + n - 1];
                    if (!IsHan(next))
                    {
                        break;
                    }

                    hash = Mix(hash, next);
                    sink.Gram(Finish(hash), at, n, weight);
                }

                before = 0;
            }
            else if (IsLetter(c))
            {
                var end = at + 1;
                while (end < text.Length && IsLetter(Fold(text[end])))
                {
                    end++;
                }

                before = Word(text[at..end], at, before, WeightAt(place), ref sink);
                place += 2;
                at = end - 1;
            }
            else if (c is not (' ' or '-' or '\''))
            {
                before = 0;
            }
        }
    }

    private static ulong Word<TSink>(ReadOnlySpan<char> word, int at, ulong before, float weight, ref TSink sink) where TSink : IGramSink, allows ref struct
    {
        if (word.Length < 2)
        {
            return 0;   // a stray letter, often standing for a hidden name
        }

        var hash = HashOf(Latin, Singular(word));
        sink.Gram(Finish(hash), at, word.Length, weight);
        if (before != 0)
        {
            sink.Gram(Finish(Mix(before ^ Pair, hash)), at, word.Length, weight);
        }

        for (var i = 0; word.Length > 5 && i + 4 <= word.Length; i++)
        {
            sink.Gram(Finish(HashOf(Piece, word.Slice(i, 4))), at + i, 4, weight / 2);
        }

        return hash;
    }

    private static ReadOnlySpan<char> Singular(ReadOnlySpan<char> word) =>
        word.Length > 3 && Fold(word[^1]) == 's' && Fold(word[^2]) != 's' ? word[..^1] : word;

    /// <summary>Four times as much at the beginning as far down: people say first what it is about.</summary>
    public static float WeightAt(int place) => place < Weights.Length ? Weights[place] : 1;

    private static readonly float[] Weights = [.. Enumerable.Range(0, 160).Select(place => 1 + (3 * MathF.Exp(-place / 20f)))];

    /// <summary>Full-width to half-width, capitals to small letters; as long as before, so that places stay right.</summary>
    public static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        < '\u0080' => c,
        >= '\uFF01' and <= '\uFF5E' => Fold((char)(c - 0xFEE0)),
        '\u3000' => ' ',
        _ => IsHan(c) ? c : char.ToLowerInvariant(c),
    };

    /// <summary>Surrogates count too: outside the basic plane stand rare characters of names.</summary>
    public static bool IsHan(char c) => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') || char.IsSurrogate(c);

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' || (c > '\u007F' && c < '\u2E80' && char.IsLetter(c));

    private static ulong HashOf(ulong seed, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            seed = Mix(seed, Fold(c));
        }

        return seed;
    }

    public static ulong Mix(ulong hash, ulong value) => unchecked(((hash ^ value) * 0x100000001B3) + 0x9E3779B9);

    public static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash = unchecked(hash * 0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
        return hash | 1;   // never 0, the sign of an empty place
    }
}
