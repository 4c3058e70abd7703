using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Mail;

/// <summary>A letter on its way. Address and text are encrypted while it waits, and gone once it is sent or given up.</summary>
public sealed class MailOut
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Encrypted address; empty once the letter has left.</summary>
    public required string To { get; set; }

    /// <summary>Never personal data: subject lines travel and are shown unprotected.</summary>
    public required string Subject { get; init; }

    /// <summary>Encrypted text; empty once the letter has left.</summary>
    public required string Body { get; set; }

    /// <summary>Key of what it is about, as acts name it.</summary>
    public string? About { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the receiving server refused it for good, or mail was switched off.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    internal static void Map(EntityTypeBuilder<MailOut> mail)
    {
        mail.ToTable("shell_mail_out");
        mail.Property(m => m.To).HasMaxLength(2_000);
        mail.Property(m => m.Body).HasMaxLength(20_000);
        mail.HasIndex(m => m.CreatedAt);
    }
}
