namespace Linli.Shell.Sms;

/// <summary>The way out for text messages.</summary>
public interface ISmsSender
{
    /// <exception cref="SmsRefusedException">The gateway will never take this message.</exception>
    /// <remarks>Any other exception means: try again later.</remarks>
    Task SendAsync(OutgoingSms sms, CancellationToken cancellation);
}

/// <param name="Id">The same when it is sent again, so that a gateway knows it for one.</param>
public sealed record OutgoingSms(Guid Id, string To, string Text);

/// <summary>Refused for good: no such number, not allowed.</summary>
public sealed class SmsRefusedException(string message) : Exception(message);
