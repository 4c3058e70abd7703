using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Access;

/// <summary>Remembers on the reporter's own device which requests are theirs: their ids, encrypted, for 180 days, the newest 30.</summary>
internal sealed class TrackingCookie(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Name = "linli.mine";
    private const int Most = 30;
    private readonly IDataProtector _protector = protection.CreateProtector("linli.mine.v1");

    public HashSet<Guid> Read()
    {
        if (http.HttpContext?.Request.Cookies[Name] is not { Length: > 0 and < 4_000 } value)
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
        var ids = Read().Where(id => id != request).TakeLast(Most - 1).Append(request);
        context.Response.Cookies.Append(Name, _protector.Protect(string.Join(',', ids)), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = TimeSpan.FromDays(180), Path = "/",
        });
    }
}
