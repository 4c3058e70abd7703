using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Limits.Floods;

/// <summary>What somebody is asked during a flood. A browser with script finds a number such that SHA-256 of "salt:number" begins with so many zero bits; without script there is a sum, and a time to wait.</summary>
/// <param name="Token">Comes back with the answer: what was asked, for which form, when; nobody else can make one.</param>
/// <param name="From">Before that the sum is not enough.</param>
public sealed record Challenge(string Token, string Salt, int Bits, int Left, int Right, DateTimeOffset From);

/// <summary>What came back.</summary>
public sealed record Proof(string? Token, string? Nonce, string? Sum);

/// <summary>Asks and checks. Bound to the key of one form, which counts once however often it is sent; nothing has to be remembered.</summary>
public sealed class Challenges(IDataProtectionProvider protection, TimeProvider clock, IOptions<FloodOptions> options)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private const int MostBits = 22;

    private readonly IDataProtector _protector = protection.CreateProtector("linli.challenge.v1");

    /// <param name="form">The key of the form (or of the call) that it is for.</param>
    /// <param name="excess">How many times too many; the more, the more work.</param>
    internal Challenge Ask(string form, double excess)
    {
        var bits = Math.Min(MostBits, options.Value.Bits + (int)Math.Log2(Math.Max(1, excess)));
        var asked = new Asked(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), bits, RandomNumberGenerator.GetInt32(2, 10), RandomNumberGenerator.GetInt32(2, 10), clock.GetUtcNow(), HashOf(form));
        return Of(asked, _protector.Protect(asked.ToText()));
    }

    /// <summary>The challenge that was asked for this form and is still good; null for anything else.</summary>
    internal Challenge? Known(string form, string? token) => Read(form, token) is { } asked ? Of(asked, token!) : null;

    internal static bool IsWorkDone(Challenge challenge, string? nonce) =>
        nonce is { Length: > 0 and <= 20 } && LeadingZeros(SHA256.HashData(Encoding.ASCII.GetBytes($"{challenge.Salt}:{nonce}"))) >= challenge.Bits;

    internal static bool IsSumRight(Challenge challenge, string? sum) =>
        int.TryParse(sum?.Compatible().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given == challenge.Left + challenge.Right;

    private Asked? Read(string form, string? token)
    {
        if (token is not { Length: > 0 and < 1_000 })
        {
            return null;
        }

        try
        {
            return Asked.Of(_protector.Unprotect(token)) is { } asked && asked.Form == HashOf(form) && clock.GetUtcNow() - asked.At < Life ? asked : null;
        }
        catch (CryptographicException)
        {
            return null; // made up, or from another installation
        }
    }

    private Challenge Of(Asked asked, string token) => new(token, asked.Salt, asked.Bits, asked.Left, asked.Right, asked.At.AddSeconds(options.Value.WaitSeconds));

    private static int LeadingZeros(ReadOnlySpan<byte> hash) =>
        BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash));

    private static string HashOf(string form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form)));

    private sealed record Asked(string Salt, int Bits, int Left, int Right, DateTimeOffset At, string Form)
    {
        public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Salt} {Bits} {Left} {Right} {At.UtcTicks} {Form}");

        public static Asked? Of(string text) => text.Split(' ') is [var salt, var bits, var left, var right, var ticks, var form]
            ? new(salt, Number(bits), Number(left), Number(right), new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), form)
            : null;

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
