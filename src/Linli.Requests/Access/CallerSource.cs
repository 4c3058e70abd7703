using Linli.Kernel;
using Linli.Requests.Report;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Access;

/// <summary>
/// Who calls: the signed-in actor and, for one request, whether the secret code was shown. Pages keep it in a protected cookie;
/// scripts send it in the header <c>X-Linli-Code</c>.
/// </summary>
internal sealed class CallerSource(CurrentActor actor, IHttpContextAccessor http, TrackingCookie cookie, LinliDb db)
{
    public const string CodeHeader = "X-Linli-Code";

    public async Task<Caller> ForAsync(string number, CancellationToken cancellation)
    {
        var mine = cookie.Read();
        if (http.HttpContext?.Request.Headers[CodeHeader].ToString() is { Length: > 0 } code
            && await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Number == number).Select(r => new { r.Id, r.SecretHash }).SingleOrDefaultAsync(cancellation) is { } request
            && SecretCode.Matches(code, request.SecretHash))
        {
            mine = [.. mine, request.Id];
        }

        return new Caller(actor.Value, mine);
    }

    /// <summary>For lists: no single request is meant.</summary>
    public Caller Any() => new(actor.Value, cookie.Read());
}
