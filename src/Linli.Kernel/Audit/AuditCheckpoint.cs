using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linli.Kernel.Audit;

/// <summary>
/// A signed statement of how far the log reached and what its hash was: whoever holds one can prove later that nothing before it was
/// changed, without trusting this installation.
/// </summary>
/// <param name="Sequence">Number of the last entry.</param>
/// <param name="Hash">Of the chain up to it, hexadecimal.</param>
/// <param name="Count">How many entries there were.</param>
/// <param name="At">UTC, to the second.</param>
/// <param name="KeyId">Which key signed.</param>
/// <param name="Signature">Base64 of the ECDSA signature (P-256, SHA-256, DER) over six lines of text; see docs/operate/audit.md.</param>
public sealed record AuditCheckpoint(long Sequence, string Hash, long Count, DateTimeOffset At, string KeyId, string Signature)
{
    /// <summary>The signature stands in the file as openssl is given it: <c>+</c>, not <c>\u002B</c>.</summary>
    private static readonly JsonSerializerOptions Indented = new(Json.Plain) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>What is signed: six lines, so that openssl can check it without Linli.</summary>
    [JsonIgnore]
    public string Text => string.Create(CultureInfo.InvariantCulture, $"linli-audit-checkpoint-1\n{Sequence}\n{Hash}\n{Count}\n{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n{KeyId}\n");

    internal static AuditCheckpoint Of(AuditHead head, DateTimeOffset now, AuditKey key)
    {
        var open = new AuditCheckpoint(head.Sequence, Convert.ToHexStringLower(head.Hash), head.Sequence, now.ToUniversalTime().AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), key.Id, "");
        return open with { Signature = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(open.Text))) };
    }

    public bool IsSignedBy(PublicAuditKey key)
    {
        var signature = new byte[Signature.Length];
        return key.Id == KeyId && Convert.TryFromBase64String(Signature, signature, out var length) && key.Signed(Encoding.UTF8.GetBytes(Text), signature[..length]);
    }

    /// <summary>As it is kept and handed out.</summary>
    public string ToFile() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <returns>Null where the text is no checkpoint.</returns>
    public static AuditCheckpoint? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditCheckpoint>(text, Indented) is { Hash: not null, KeyId: not null, Signature: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
