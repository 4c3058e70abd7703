using System.Numerics;
using Linli.Routing.Classifying;

namespace Linli.Routing.Twins;

/// <summary>
/// The trigrams of a text, as the extension pg_trgm of PostgreSQL cuts them in a UTF-8 database: words are runs of letters and digits,
/// padded with two blanks before and one behind; three characters become 24 bits by a checksum. Its answers can so be held against ours.
/// One object for each thread; what <see cref="Cut"/> returns is valid until the next call.
/// </summary>
internal sealed class TextGrams
{
    /// <summary>What comes later says little new: texts of requests end here.</summary>
    public const int MostText = 4_200;

    private static readonly uint[] Checksum = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (sum, _) => (sum >> 1) ^ ((sum & 1) * 0xEDB88320)))];

    private int[] _grams = new int[512];
    private int[] _places = new int[1024];
    private int _count;

    /// <summary>What the likeness looks at: small letters, half-width; everything but letters and digits is a blank.</summary>
    public static string Fold(string text) => string.Create(Math.Min(text.Length, MostText), text, (folded, from) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = FoldOne(from[i]);
        }
    });

    /// <summary>Each trigram once, in no particular order.</summary>
    public ReadOnlySpan<int> Cut(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MostText)];
        Start(text.Length);
        var (first, second) = (' ', ' ');
        foreach (var raw in text)
        {
            var c = FoldOne(raw);
            if (c != ' ')
            {
                Add(first, second, c);
                (first, second) = (second, c);
            }
            else if (second != ' ')
            {
                Add(first, second, ' ');
                (first, second) = (' ', ' ');
            }
        }

        if (second != ' ')
        {
            Add(first, second, ' ');
        }

        return _grams.AsSpan(0, _count);
    }

    private static char FoldOne(char raw)
    {
        var c = GramScan.Fold(raw);
        return c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF')
            || (c is > '\u007F' and < '\u2E80' && char.IsLetter(c)) ? c : ' ';
    }

    private void Start(int length)
    {
        // Every character may be a word of its own, which gives two trigrams.
        if (_grams.Length < (2 * length) + 2)
        {
            _grams = new int[(2 * length) + 2];
            _places = new int[BitOperations.RoundUpToPowerOf2((uint)_grams.Length) * 2];
        }

        _count = 0;
        Array.Clear(_places);
    }

    private void Add(char first, char second, char third)
    {
        var gram = first < 0x80 && second < 0x80 && third < 0x80 ? first | (second << 8) | (third << 16) : SumOf(first, second, third);
        var mask = _places.Length - 1;
        for (var at = (int)(unchecked((uint)gram * 0x9E3779B1) >> 7) & mask; ; at = (at + 1) & mask)
        {
            if (_places[at] == 0)
            {
                _places[at] = gram + 1;
                _grams[_count++] = gram;
                return;
            }

            if (_places[at] == gram + 1)
            {
                return;
            }
        }
    }

    private static int SumOf(char first, char second, char third) => (int)(~Sum(Sum(Sum(uint.MaxValue, first), second), third) & 0xFFFFFF);

    /// <summary>PostgreSQL's "legacy" checksum: the table of one way of shifting, used with the other.</summary>
    private static uint Sum(uint sum, char c)
    {
        if (c < 0x80)
        {
            return Byte(sum, c);
        }

        return c < 0x800
            ? Byte(Byte(sum, 0xC0u | ((uint)c >> 6)), 0x80u | (c & 0x3Fu))
            : Byte(Byte(Byte(sum, 0xE0u | ((uint)c >> 12)), 0x80u | (((uint)c >> 6) & 0x3F)), 0x80u | (c & 0x3Fu));
    }

    private static uint Byte(uint sum, uint next) => Checksum[((sum >> 24) ^ next) & 0xFF] ^ (sum << 8);
}
