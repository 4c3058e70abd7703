using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Inbound.Mail;

/// <summary>Connections to the county's mailbox. The password is sent only to a server whose certificate is right.</summary>
internal static class Mailbox
{
    private const int Patience = 30_000;

    /// <returns>Null when the server's certificate is not to be trusted; the log says why and what to do.</returns>
    public static async Task<ImapClient?> OpenAsync(MailInOptions asked, ILogger log, CancellationToken cancellation)
    {
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
            return client;
        }
        catch (SslHandshakeException wrong)
        {
            client.Dispose();
            log.LogError("No letters are read: the certificate of the mail server {Host} is refused, because {Reason}. The password was not sent.", asked.Host, ReasonOf(refused, wrong));
            return null;
        }
        catch
        {
            client.Dispose();
            throw;
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
