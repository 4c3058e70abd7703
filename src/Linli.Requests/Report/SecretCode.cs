using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.People;

namespace Linli.Requests.Report;

/// <summary>
/// What proves whose request it is. Made from the reporter's idempotency key, so that pressing twice gives the same code, while the
/// database holds keyed hashes alone (<see cref="Access.CodeSeal"/>). Ten characters of an alphabet without look-alikes: 48 bits.
/// </summary>
internal static class SecretCode
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 10;

    /// <summary>As shown: K7MQ-2F9X-TB.</summary>
    public static string From(string key, Guid request)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"linli/{request:N}/{key}"));
        var code = new StringBuilder(Length + 2);
        for (var i = 0; i < Length; i++)
        {
            code.Append(i is 4 or 8 ? "-" : "").Append(Alphabet[(bytes[2 * i] * 256 + bytes[2 * i + 1]) % Alphabet.Length]);
        }

        return code.ToString();
    }

    /// <summary>SHA-256 of an idempotency key, every character of which counts, as hexadecimal text.</summary>
    /// <param name="key">As the client made it up.</param>
    /// <param name="by">Whose key it is, account or program: the same key of somebody else is another one, and brings them no receipt. Those without either share theirs.</param>
    public static string HashOfKey(string key, Actor? by = null) => (by?.Program ?? by?.Id) is { } owner && owner != Guid.Empty ? Hashed($"{owner:N}/{key}") : Hashed(key);

    private static string Hashed(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>SHA-256 of the code as hexadecimal text; lower case, spaces and dashes do not matter.</summary>
    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Fold(code))));

    private static string Fold(string code) => string.Concat(code.Compatible().Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
