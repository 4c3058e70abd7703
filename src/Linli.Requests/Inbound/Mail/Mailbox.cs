using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Inbound.Mail;

/// <summary>Connections to the county's mailbox. The password is sent only to a server whose certificate is right.</summary>
internal sealed class Mailbox(IOptions<MailInOptions> options, TimeProvider time, ILogger<Mailbox> log)
{
    private const int Patience = 30_000;

    /// <summary>Those who watch the log are called for an error: once, and again as long as nobody came.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);
    private readonly Lock _saying = new();
    private (string Reason, DateTimeOffset At)? _said;

    /// <returns>Null when the server's certificate is not to be trusted; the log says why and what to do.</returns>
    public async Task<ImapClient?> OpenAsync(CancellationToken cancellation)
    {
        var asked = options.Value;
        var client = new ImapClient { Timeout = Patience };
        var refused = SslPolicyErrors.None;
        client.ServerCertificateValidationCallback = (_, shown, chain, errors) =>
        {
            refused = errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOf(asked.Authority, shown, chain) ? SslPolicyErrors.None : errors;
            return refused == SslPolicyErrors.None;
        };
        try
        {
            await client.ConnectAsync(asked.Host!, asked.Port, asked.Protection, cancellation);
            await client.AuthenticateAsync(asked.User!, asked.Password ?? "", cancellation);
            Say(asked, null);
            return client;
        }
        catch (SslHandshakeException wrong)
        {
            client.Dispose();
            Say(asked, ReasonOf(refused, wrong));
            return null;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private void Say(MailInOptions asked, string? reason)
    {
        lock (_saying)
        {
            var now = time.GetUtcNow();
            if (reason is not null && _said is { } before && before.Reason == reason && now - before.At < Again)
            {
                return;
            }

            _said = reason is null ? null : (reason, now);
        }

        if (reason is not null)
        {
            log.LogError("No letters are read: the certificate of the mail server {Host} is refused, because {Reason}. The password was not sent.", asked.Host, reason);
        }
    }

    private static string ReasonOf(SslPolicyErrors refused, SslHandshakeException wrong) =>
        refused.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is for another name (write the name that stands in the certificate as MailIn:Host)"
        : refused.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "nobody that is trusted has signed it, or it has run out (name the county's own authority as MailIn:Authority, or renew the certificate)"
        : $"no protected connection came about (is MailIn:Security right for MailIn:Port?): {wrong.InnerException?.Message ?? wrong.Message.Split('\n')[0]}";

    /// <summary>Signed by the county's own authority, within its time; the name was looked at before.</summary>
    private static bool IsOf(string? authority, X509Certificate? shown, X509Chain? sent)
    {
        if (string.IsNullOrWhiteSpace(authority) || shown is null)
        {
            return false;
        }

        using var own = X509CertificateLoader.LoadCertificateFromFile(authority);
        using var certificate = new X509Certificate2(shown);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;   // authorities of one's own publish no lists
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(e => e.Certificate).ToArray() ?? []);
        return chain.Build(certificate);
    }
}
