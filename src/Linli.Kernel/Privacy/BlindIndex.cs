using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Linli.Kernel.Privacy;

/// <summary>
/// Finds a telephone number or an e-mail address by itself while the database holds it sealed: HMAC-SHA256 of how it is normally written,
/// with a key of its own, because whoever has the database could try all eleven-digit numbers against a plain hash.
/// </summary>
public sealed class BlindIndex(KeyRing ring)
{
    /// <summary>Length of an index as text, for the column.</summary>
    public const int Length = 64;

    /// <returns>Null when it is no number.</returns>
    public string? OfPhone(string? phone) => Of("phone", NormalPhone(phone));

    /// <returns>Null when it is empty.</returns>
    public string? OfEmail(string? email) => Of("email", NormalEmail(email));

    /// <summary>For a message that another program brought: by it the same one is known again. Two uses of one message are two kinds.</summary>
    public string OfMessage(string kind, string source, string id) => Of($"message-{kind}", $"{source}\n{id}")!;

    /// <summary>For a neighbourhood of addresses, so that reports can be told to come from the same one without keeping which.</summary>
    public string OfNeighbourhood(string block) => Of("neighbourhood", block)!;

    /// <summary>Of a person's name: the same however it is spaced, with whatever characters that nobody sees, and whatever width its letters have.</summary>
    /// <returns>Null when it is empty.</returns>
    public string? OfName(string? name) =>
        Of("name", string.Concat((name ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)).ToUpperInvariant() is { Length: > 0 } normal ? normal : null);

    /// <summary>Digits alone, without China's code in front: +86 138-0000-0000 and １３８００００００００ are one number.</summary>
    public static string? NormalPhone(string? phone)
    {
        var digits = string.Concat((phone ?? "").Compatible().Where(char.IsAsciiDigit));
        digits = digits.StartsWith("0086", StringComparison.Ordinal) ? digits[4..] : digits;
        digits = digits.Length == 13 && digits.StartsWith("861", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.Length == 0 ? null : digits;
    }

    public static string? NormalEmail(string? email) =>
        email?.Compatible().Trim().ToLowerInvariant() is { Length: > 0 } normal ? normal : null;

    private string? Of(string kind, string? normal) =>
        normal is null ? null : Convert.ToHexStringLower(HMACSHA256.HashData(ring.Index.Bytes, Encoding.UTF8.GetBytes($"{kind}:{normal}")));
}
