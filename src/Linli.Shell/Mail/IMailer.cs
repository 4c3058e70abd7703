namespace Linli.Shell.Mail;

/// <summary>The way out for letters.</summary>
public interface IMailer
{
    /// <exception cref="MailRefusedException">The server will never take this letter.</exception>
    /// <remarks>Any other exception means: try again later.</remarks>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellation);
}

/// <param name="Id">Becomes the Message-ID, so that a letter that was sent twice is known to be one.</param>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Body);

/// <summary>Refused for good: no such mailbox, not allowed.</summary>
public sealed class MailRefusedException(string message, Exception inner) : Exception(message, inner);
