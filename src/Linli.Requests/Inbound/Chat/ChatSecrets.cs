using System.Security.Cryptography;
using System.Text;

namespace Linli.Requests.Inbound.Chat;

/// <summary>What an administrator copies from the other program's settings.</summary>
/// <param name="Token">WeCom: Token. DingTalk: appSecret. Feishu: Verification Token. Otherwise the secret of the signature.</param>
/// <param name="Key">WeCom: EncodingAESKey. Feishu: Encrypt Key.</param>
/// <param name="AppId">By which photos are fetched. DingTalk: AppKey. Feishu: App ID.</param>
/// <param name="AppSecret">Feishu: App Secret; DingTalk's is the token.</param>
public sealed record ChatSecrets(string? Token, string? Key, string? AppId = null, string? AppSecret = null);

/// <summary>WeCom's callback: a SHA-1 over sorted texts, and AES-256-CBC with the key's beginning as initial vector, as its documents prescribe.</summary>
internal static class WeComSeal
{
    private const int Block = 32;
    private const int Random = 16;

    public static string Sign(string token, string time, string nonce, string text)
    {
        string[] parts = [token, time, nonce, text];
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // the other side's protocol; what counts is the encryption
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }

    /// <returns>Null when it was not sealed with this key.</returns>
    public static string? Open(string key, string text)
    {
        try
        {
            var plain = Aes256(key, out var iv).DecryptCbc(Convert.FromBase64String(text), iv, PaddingMode.None);
            var padding = plain[^1];
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(Random));
            return padding is 0 or > Block || length < 0 || Random + 4 + length > plain.Length - padding ? null : Encoding.UTF8.GetString(plain, Random + 4, length);
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public static string Close(string key, string text, string receiver)
    {
        var (words, end) = (Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(receiver));
        var length = Random + 4 + words.Length + end.Length;
        var padding = Block - (length % Block);
        var plain = new byte[length + padding];
        RandomNumberGenerator.Fill(plain.AsSpan(0, Random));
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(Random), words.Length);
        words.CopyTo(plain, Random + 4);
        end.CopyTo(plain, Random + 4 + words.Length);
        plain.AsSpan(length).Fill((byte)padding);
        return Convert.ToBase64String(Aes256(key, out var iv).EncryptCbc(plain, iv, PaddingMode.None));
    }

    /// <summary>43 characters, which are Base64 of 32 bytes without the sign at the end.</summary>
    public static bool IsKey(string? key) => key is { Length: 43 } && Convert.TryFromBase64String(key + "=", new byte[33], out var length) && length == 32;

    private static Aes Aes256(string key, out byte[] iv)
    {
        var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(key + "=");
        iv = aes.Key[..16];
        return aes;
    }
}

/// <summary>The signatures of DingTalk, Feishu and whoever signs as we document it.</summary>
internal static class ChatSigns
{
    public static string DingTalk(string secret, string time) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}\n{secret}")));

    public static string Feishu(string key, string time, string nonce, string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(time + nonce + key + body)));

    public static string Own(string secret, string time, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));

    /// <summary>Feishu: AES-256-CBC with SHA-256 of the key, the initial vector in front.</summary>
    public static string? OpenFeishu(string key, string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            using var aes = Aes.Create();
            aes.Key = SHA256.HashData(Encoding.UTF8.GetBytes(key));
            return Encoding.UTF8.GetString(aes.DecryptCbc(bytes.AsSpan(16), bytes.AsSpan(0, 16)));
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public static bool Same(string? one, string other) => one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
