namespace Linli.Shell.Sms;

/// <summary>How text messages leave; configuration section <c>Sms</c>. Without an address none are written, and residents sign in by e-mail alone.</summary>
public sealed class SmsOptions
{
    /// <summary>Where a gateway takes a message: POST with JSON { id, to, text }.</summary>
    public string? Url { get; set; }

    /// <summary>Signs each call: header X-Linli-Signature is the HMAC-SHA-256, in hex, of X-Linli-Timestamp, a full stop and the body.</summary>
    public string? Secret { get; set; }
}
