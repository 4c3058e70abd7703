using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Access;

/// <summary>Remembers on the reporter's own device which requests are theirs: their ids, encrypted, for 180 days, the newest 30.</summary>
internal sealed class TrackingCookie(IHttpContextAccessor http, IDataProtectionProvider protection) : IKnownDevices
{
    private const string Name = "linli.mine";
    private const int Most = 30;
    private readonly IDataProtector _protector = protection.CreateProtector("linli.mine.v1");

    public HashSet<Guid> Read() => [.. IdsIn(http.HttpContext)];

    /// <summary>The first that was reported here names the device: it costs a report to have a name.</summary>
    public string? Of(HttpContext context) => IdsIn(context) is [var first, ..] ? first.ToString("N") : null;

    private List<Guid> IdsIn(HttpContext? context)
    {
        if (context is null || OwnCookies.Read(context.Request, Name) is not { Length: > 0 and < 4_000 } value)
        {
            return [];
        }

        try
        {
            return [.. _protector.Unprotect(value).Split(',').Select(Guid.Parse)];
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return [];   // from another installation, or tampered with: as if it were not there
        }
    }

    public void Add(Guid request)
    {
        var context = http.HttpContext ?? throw new InvalidOperationException("There is no call to answer.");
        var ids = IdsIn(context).Where(id => id != request).TakeLast(Most - 1).Append(request);
        OwnCookies.Write(context, Name, _protector.Protect(string.Join(',', ids)), TimeSpan.FromDays(180));
    }
}
