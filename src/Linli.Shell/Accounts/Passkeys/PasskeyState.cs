using System.Globalization;
using System.Security.Cryptography;
using Linli.Shell.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts.Passkeys;

/// <summary>Keeps what a passkey is to sign between asking and answering: encrypted, in the browser, for five minutes, taken once, for one purpose.</summary>
public sealed class PasskeyState(IHttpContextAccessor http, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "linli.passkey";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    internal void Put(string purpose, string state)
    {
        var ends = (clock.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var context = http.HttpContext!;
        OwnCookies.Write(context, Cookie, Protector(purpose).Protect($"{ends}/{state}"), Life, SameSiteMode.Strict);
    }

    internal string? Take(string purpose)
    {
        var context = http.HttpContext!;
        OwnCookies.Forget(context, Cookie);
        try
        {
            return OwnCookies.Read(context.Request, Cookie) is { Length: > 0 and < 4_000 } value && Protector(purpose).Unprotect(value).Split('/', 2) is [var ends, var state]
                && long.Parse(ends, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? state : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("linli.passkey.v1", purpose);
}
