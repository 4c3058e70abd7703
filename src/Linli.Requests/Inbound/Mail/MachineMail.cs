using MimeKit;

namespace Linli.Requests.Inbound.Mail;

/// <summary>Letters that no person wrote to us: answering one could go on for ever (RFC 3834).</summary>
internal static class MachineMail
{
    private static readonly string[] Machines = ["mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply"];

    public static bool Is(MimeMessage letter, params ReadOnlySpan<string?> own) =>
        Has(letter, "Auto-Submitted", v => !v.StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || Has(letter, "Precedence", v => v.ToLowerInvariant() is "bulk" or "list" or "junk" or "auto_reply")
        || Has(letter, "List-Id", _ => true) || Has(letter, "List-Unsubscribe", _ => true)
        || Has(letter, "X-Auto-Response-Suppress", v => !v.Equals("none", StringComparison.OrdinalIgnoreCase))
        || Has(letter, "X-Autoreply", _ => true) || Has(letter, "X-Failed-Recipients", _ => true)
        || Has(letter, "Return-Path", v => v.Trim() == "<>")
        || letter.Body is MultipartReport
        || letter.From.Mailboxes.FirstOrDefault()?.Address is not { } from
        || Machines.Contains(from.Split('@')[0], StringComparer.OrdinalIgnoreCase)
        || own.Contains(from, StringComparer.OrdinalIgnoreCase);

    private static bool Has(MimeMessage letter, string header, Func<string, bool> says) => letter.Headers[header] is { } value && says(value.Trim());
}
