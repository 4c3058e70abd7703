using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>Codes of an authenticator app: RFC 6238 as all apps speak it, HMAC-SHA-1, 30 seconds, six digits.</summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int SecretBytes = 20;
    private const int Seconds = 30;

    /// <summary>Clocks of telephones differ: one step before and after counts too.</summary>
    private const int Drift = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds;

    public static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // what the norm says and every app does; the collisions of SHA-1 do not touch HMAC
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0f;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <returns>The step that the code belongs to, later than <paramref name="used"/>; null when it is wrong, old, or was used before.</returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now, long used)
    {
        var typed = Encoding.ASCII.GetBytes(string.Concat(code.Compatible().Where(char.IsAsciiDigit)));
        long? found = null;
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), typed) && step > used)
            {
                found ??= step;
            }
        }

        return found;
    }

    /// <summary>RFC 4648, in groups of four so that it can be typed.</summary>
    public static string Show(byte[] secret)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var window = (secret[bit / 8] << 8) | (bit / 8 + 1 < secret.Length ? secret[bit / 8 + 1] : 0);
            text.Append(bit > 0 && bit % 20 == 0 ? " " : "").Append(Alphabet[(window >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }

    /// <summary>What the app reads from the picture.</summary>
    public static string Address(string issuer, string login, byte[] secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(login)}?secret={Show(secret).Replace(" ", "", StringComparison.Ordinal)}&issuer={Uri.EscapeDataString(issuer)}";
}
