using System.Security.Cryptography;
using System.Text.Json;

namespace Linli.Database.Archive;

/// <summary>
/// The keys of an installation, sealed with a passphrase: PBKDF2 (SHA-256) makes a key of it, AES-256-GCM seals.
/// <code>"LINLIKEYS1" ‖ rounds (4, little-endian) ‖ salt (16) ‖ nonce (12) ‖ tag (16) ‖ sealed JSON { "folder/name": base64 }</code>
/// </summary>
internal static class KeyEnvelope
{
    public const int ShortestPassphrase = 12;
    private const int Rounds = 600_000; // OWASP's figure for PBKDF2 with SHA-256
    private const int MostRounds = 10_000_000;
    private static ReadOnlySpan<byte> Mark => "LINLIKEYS1"u8;
    private const int Front = 10 + 4;

    public static byte[] Seal(IReadOnlyDictionary<string, byte[]> files, string passphrase)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(files);
        var sealedBytes = new byte[Front + 16 + 12 + 16 + plain.Length];
        Mark.CopyTo(sealedBytes);
        BitConverter.TryWriteBytes(sealedBytes.AsSpan(Mark.Length), Rounds);
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(Front, 28));
        using var cipher = CipherOf(passphrase, sealedBytes, Rounds);
        cipher.Encrypt(sealedBytes.AsSpan(Front + 16, 12), plain, sealedBytes.AsSpan(Front + 44), sealedBytes.AsSpan(Front + 28, 16), sealedBytes.AsSpan(0, Front));
        return sealedBytes;
    }

    /// <returns>Null for a wrong passphrase or changed bytes: they cannot be told apart.</returns>
    public static IReadOnlyDictionary<string, byte[]>? Open(byte[] sealedBytes, string passphrase)
    {
        if (sealedBytes.Length < Front + 44 || !sealedBytes.AsSpan().StartsWith(Mark) || BitConverter.ToInt32(sealedBytes, Mark.Length) is not (> 0 and <= MostRounds and var rounds))
        {
            return null;
        }

        var plain = new byte[sealedBytes.Length - Front - 44];
        using var cipher = CipherOf(passphrase, sealedBytes, rounds);
        try
        {
            cipher.Decrypt(sealedBytes.AsSpan(Front + 16, 12), sealedBytes.AsSpan(Front + 44), sealedBytes.AsSpan(Front + 28, 16), plain, sealedBytes.AsSpan(0, Front));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(plain);
    }

    private static AesGcm CipherOf(string passphrase, byte[] sealedBytes, int rounds) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, sealedBytes.AsSpan(Front, 16), rounds, HashAlgorithmName.SHA256, 32), 16);
}
