using Linli.Shell.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Access;

/// <summary>Carries number and secret code from the report to the page that shows them once; encrypted, for ten minutes, never in an address.</summary>
internal sealed class ReceiptCookie(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Name = "linli.receipt";
    private readonly IDataProtector _protector = protection.CreateProtector("linli.receipt.v1");

    public void Put(string number, string code) =>
        OwnCookies.Write(http.HttpContext!, Name, _protector.Protect($"{number}/{code}"), TimeSpan.FromMinutes(10), SameSiteMode.Strict);

    /// <summary>The code of this request, if it was reported here in the last minutes.</summary>
    public string? CodeOf(string number)
    {
        try
        {
            return http.HttpContext is { } context && OwnCookies.Read(context.Request, Name) is { Length: > 0 and < 2_000 } value && _protector.Unprotect(value).Split('/') is [var of, var code] && of == number ? code : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
