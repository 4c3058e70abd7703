using System.Globalization;
using System.Text;
using Linli.Shell.Http;
using Linli.Shell.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Security;

/// <summary>/.well-known/security.txt (RFC 9116): where to report a vulnerability of this installation. Not there without a contact, and not after its day.</summary>
internal static class SecurityText
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/.well-known/security.txt", Answer).Public().ExcludeFromDescription();

    private static IResult Answer(IOptions<SecurityOptions> security, IOptions<MailOptions> mail, TimeProvider clock)
    {
        if (security.Value is not { Contact.Length: > 0, ContactUntil: { } until } || until <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
        {
            return Results.NotFound();
        }

        var text = new StringBuilder()
            .Append("Contact: ").Append(security.Value.Contact).Append('\n')
            .Append("Expires: ").Append(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append("T00:00:00Z\n")
            .Append("Preferred-Languages: zh, en\n");
        if (mail.Value.SiteAddress is { Length: > 0 } site)
        {
            text.Append("Canonical: ").Append(site.TrimEnd('/')).Append("/.well-known/security.txt\n");
        }

        return Results.Text(text.ToString(), "text/plain", Encoding.UTF8);
    }
}
