using System.Security.Cryptography;
using Linli.Shell.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Residents;

/// <summary>Remembers which code this device asked for: a code works only on the device that asked, and its recipient never stands in an address.</summary>
public sealed class SentCookie(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Cookie = "linli.sent";
    private readonly IDataProtector _protector = protection.CreateProtector("linli.sent.v1");

    internal void Put(Guid sent)
    {
        var context = http.HttpContext!;
        OwnCookies.Write(context, Cookie, _protector.Protect(sent.ToString()), SentCode.Life, SameSiteMode.Strict);
    }

    internal Guid? Read()
    {
        try
        {
            return http.HttpContext is { } context && OwnCookies.Read(context.Request, Cookie) is { Length: > 0 and < 500 } value && Guid.TryParse(_protector.Unprotect(value), out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
