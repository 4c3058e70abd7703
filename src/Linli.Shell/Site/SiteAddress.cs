using Linli.Shell.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Site;

/// <summary>Where this installation is reached from outside, for addresses in answers to programs.</summary>
public sealed class SiteAddress(IOptions<MailOptions> mail)
{
    /// <summary>As it is configured, without a slash at the end; empty where it is not, so that addresses begin at the root.</summary>
    public string Configured => (mail.Value.SiteAddress ?? "").TrimEnd('/');

    /// <summary>As it is configured; else the address that the caller came by, in an answer that nobody else gets.</summary>
    /// <returns>Without a slash at the end.</returns>
    public string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (mail.Value.SiteAddress is { Length: > 0 } configured)
        {
            return configured.TrimEnd('/');
        }

        context.Response.Headers.CacheControl = "no-store";   // a made-up name would be read by others
        return $"{context.Request.Scheme}://{context.Request.Host}";
    }
}
