using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linli.Kernel.Privacy;

namespace Linli.Shell.Webhooks;

/// <summary>
/// Secrets and signatures after Standard Webhooks 1.0 (https://www.standardwebhooks.com), for which receivers find libraries in most languages:
/// HMAC-SHA256 over "id.timestamp.body", base64, one signature for each secret that is valid now.
/// </summary>
public sealed class WebhookSecret(FieldCipher cipher)
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>A new secret, given to the webhook sealed and to the caller as text this once. What was valid before is valid beside it for <see cref="Webhook.Overlap"/>.</summary>
    public string Renew(Webhook webhook, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        if (webhook.Secret is not null)
        {
            webhook.PreviousSecret = cipher.Seal(Cell.Of<Webhook>(nameof(Webhook.PreviousSecret), webhook.Id), cipher.Open(Cell.Of<Webhook>(nameof(Webhook.Secret), webhook.Id), webhook.Secret));
            webhook.PreviousUntil = now + Webhook.Overlap;
        }

        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        webhook.Secret = cipher.Seal(Cell.Of<Webhook>(nameof(Webhook.Secret), webhook.Id), secret);
        return secret;
    }

    /// <summary>Value of the signature header: the new secret's first.</summary>
    public string Sign(Webhook webhook, string id, DateTimeOffset now, string body)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var at = now.ToUnixTimeSeconds();
        var current = Sign(cipher.Open(Cell.Of<Webhook>(nameof(Webhook.Secret), webhook.Id), webhook.Secret)!, id, at, body);
        return webhook.PreviousSecret is { } before && webhook.PreviousUntil > now
            ? $"{current} {Sign(cipher.Open(Cell.Of<Webhook>(nameof(Webhook.PreviousSecret), webhook.Id), before), id, at, body)}"
            : current;
    }

    internal static string Sign(string secret, string id, long at, string body)
    {
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.{body}"));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
