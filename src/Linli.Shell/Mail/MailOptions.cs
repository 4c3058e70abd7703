namespace Linli.Shell.Mail;

/// <summary>How letters leave; configuration section <c>Mail</c>. Without a host no letters are written at all.</summary>
public sealed class MailOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The address that letters come from.</summary>
    public string? From { get; set; }

    /// <summary>Requires an encrypted connection; off only for a server on the same machine.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>Address of this installation, for links: https://linli.example.gov.cn</summary>
    public string? SiteAddress { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Host) && !string.IsNullOrWhiteSpace(From);
}
