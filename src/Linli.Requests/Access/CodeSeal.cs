using System.Security.Cryptography;
using System.Text;
using Linli.Kernel.Privacy;
using Linli.Requests.Report;

namespace Linli.Requests.Access;

/// <summary>
/// What the database keeps of a secret code: HMAC-SHA256 with the index key, which lies outside the database, over the request and the code's
/// hash. A code has 48 bits: with a plain hash, whoever has stolen the database finds every code in hours. Rows of older versions hold the
/// plain hash and are sealed without knowing the code (<see cref="Privacy.SealOldRows"/>).
/// </summary>
internal sealed class CodeSeal(KeyRing ring)
{
    private const string Mark = "k";

    public string Of(Guid request, string code) => OfHash(request, SecretCode.Hash(code));

    /// <param name="request">Whose code it is.</param>
    /// <param name="hash">As <see cref="SecretCode.Hash"/> gives it.</param>
    public string OfHash(Guid request, string hash) =>
        Mark + Convert.ToHexStringLower(HMACSHA256.HashData(ring.Index.Bytes, Encoding.UTF8.GetBytes($"code:{request:N}:{hash}")));

    public static bool IsSealed(string kept) => kept.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>In constant time.</summary>
    public bool IsOf(Guid request, string? code, string kept)
    {
        var hash = SecretCode.Hash(code is { Length: > 0 and < 100 } ? code : "");
        var given = IsSealed(kept) ? OfHash(request, hash) : hash;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(kept)) && !string.IsNullOrEmpty(code);
    }
}
