namespace Linli.Shell.Security;

/// <summary>Who is told when something is wrong; configuration section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>Refused calls within ten minutes that are told to the administrators; 0 tells nobody.</summary>
    public int UnusualRefusals { get; set; } = 300;

    /// <summary>Where a vulnerability is reported: mailto:…, https://… or tel:…; shown in /.well-known/security.txt.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Until when the contact holds (RFC 9116: at most a year ahead).</summary>
    public DateOnly? ContactUntil { get; set; }

    internal bool HasRightContact => Contact.Length == 0 || (Uri.TryCreate(Contact, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" or "tel" && !Contact.Any(char.IsWhiteSpace));
}
