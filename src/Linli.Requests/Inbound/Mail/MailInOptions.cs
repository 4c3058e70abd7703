using System.Net;
using MailKit.Security;

namespace Linli.Requests.Inbound.Mail;

/// <summary>How the connection to the mailbox is protected.</summary>
public enum MailSecurity
{
    Tls,
    StartTls,

    /// <summary>For a server on the same machine alone.</summary>
    None,
}

/// <summary>The mailbox whose letters become requests; configuration section <c>MailIn</c>. Without a host none is read.</summary>
public sealed class MailInOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 993;
    public MailSecurity Security { get; set; } = MailSecurity.Tls;

    /// <summary>File with the certificate (PEM) of the county's own authority, where the mail server's is not from one that everybody trusts.</summary>
    public string? Authority { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }
    public string Folder { get; set; } = "INBOX";

    /// <summary>Where letters go that were dealt with, and those that were not meant or cannot be a request.</summary>
    public string Processed { get; set; } = "Linli-processed";
    public string Refused { get; set; } = "Linli-refused";

    /// <summary>The type of what no suggestion is sure of.</summary>
    public string ServiceType { get; set; } = "other";

    public int MaxBytes { get; set; } = 40 * 1024 * 1024;
    public int MostPerSender { get; set; } = 20;
    public int MostPerHour { get; set; } = 300;

    public bool IsOn => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(User);

    internal bool IsSafe => Security != MailSecurity.None || Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    internal SecureSocketOptions Protection => Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
