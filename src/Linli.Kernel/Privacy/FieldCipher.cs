using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Linli.Kernel.Privacy;

/// <summary>
/// Seals and opens single texts: AES-256-GCM, a random nonce for each, bound to its <see cref="Cell"/> and to its key.
/// The only way from plain text into the columns of personal data and back.
/// </summary>
public sealed class FieldCipher(KeyRing ring)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <returns>Null for null and for what is empty.</returns>
    public SealedText? Seal(Cell cell, string? text) => string.IsNullOrEmpty(text) ? null : Seal(ring.Current, cell, text);

    /// <exception cref="SealBrokenException">It was changed, moved from another cell, or its key is gone.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Open(Cell cell, SealedText? text)
    {
        if (text is null)
        {
            return null;
        }

        var key = ring.Find(text.KeyId) ?? throw new SealBrokenException($"The key {text.KeyId} of {cell} is not in the key folder.");
        Span<byte> packed = new byte[text.Stored.Length];
        if (!Convert.TryFromBase64String(text.Stored[(SealedText.KeyLength + 1)..], packed, out var length) || length < NonceLength + TagLength)
        {
            throw new SealBrokenException($"{cell} is not whole.");
        }

        packed = packed[..length];
        var plain = new byte[length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(packed[..NonceLength], packed[(NonceLength + TagLength)..], packed[NonceLength..(NonceLength + TagLength)], plain, Bound(key, cell));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException($"{cell} was changed, or belongs to another row.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    internal static SealedText Seal(SealingKey key, Cell cell, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var packed = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(packed.AsSpan(..NonceLength));
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(packed.AsSpan(..NonceLength), plain, packed.AsSpan((NonceLength + TagLength)..), packed.AsSpan(NonceLength, TagLength), Bound(key, cell));
        CryptographicOperations.ZeroMemory(plain);
        return SealedText.FromStored($"{key.Id}.{Convert.ToBase64String(packed)}");
    }

    private static byte[] Bound(SealingKey key, Cell cell) => Encoding.UTF8.GetBytes($"linli/1/{key.Id}/{cell}");
}

/// <summary>A sealed text cannot be opened. Says which, never what.</summary>
public sealed class SealBrokenException(string message) : Exception(message);
