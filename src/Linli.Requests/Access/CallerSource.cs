using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Access;

/// <summary>
/// Who calls: the signed-in actor and, for one request, whether the secret code was shown. Pages keep it in a protected cookie;
/// scripts send it in the header <c>X-Linli-Code</c>.
/// </summary>
internal sealed class CallerSource(CurrentActor actor, IHttpContextAccessor http, TrackingCookie cookie, SecretCodes codes)
{
    public const string CodeHeader = "X-Linli-Code";

    public async Task<Caller> ForAsync(string number, CancellationToken cancellation)
    {
        var mine = cookie.Read();
        if (http.HttpContext?.Request.Headers[CodeHeader].ToString() is { Length: > 0 } code)
        {
            var found = await codes.FindAsync(number, code, cancellation);
            if (!found.Succeeded)
            {
                throw new TooOftenException(((Failure.TooMany)found.Failure).Wait);
            }

            if (found.Value != Guid.Empty)
            {
                mine = [.. mine, found.Value];
            }
        }

        return new Caller(actor.Value, mine);
    }

    /// <summary>For lists: no single request is meant.</summary>
    public Caller Any() => new(actor.Value, cookie.Read());
}
