using System.Globalization;
using System.Security.Cryptography;
using Linli.Shell.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>Remembers between two forms whose password was right; encrypted, for five minutes, worth nothing after the account changed.</summary>
public sealed class HalfSignIn(IHttpContextAccessor http, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "linli.half";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly IDataProtector _protector = protection.CreateProtector("linli.half.v1");

    internal void Put(Account account)
    {
        var ends = (clock.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var context = http.HttpContext!;
        OwnCookies.Write(context, Cookie, _protector.Protect($"{account.Id}/{account.SecurityStamp}/{ends}"), Life, SameSiteMode.Strict);
    }

    internal (Guid Account, string Stamp)? Read()
    {
        try
        {
            return http.HttpContext is { } context && OwnCookies.Read(context.Request, Cookie) is { Length: > 0 and < 1_000 } value && _protector.Unprotect(value).Split('/') is [var id, var stamp, var ends]
                && long.Parse(ends, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? (Guid.Parse(id), stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal void Forget() => OwnCookies.Forget(http.HttpContext!, Cookie);
}
