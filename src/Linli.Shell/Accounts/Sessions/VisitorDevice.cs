using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Linli.Shell.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>From where a call comes: the address, and the device if it has signed in here before (a cookie that cannot be made up).</summary>
public sealed class VisitorDevice(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    public const string Cookie = "linli.device";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);
    private readonly IDataProtector _protector = protection.CreateProtector("linli.device.v1");

    /// <summary>As it is counted: one address, or the network that one line of IPv6 gets.</summary>
    public string Address => Counted(http.HttpContext?.Connection.RemoteIpAddress);

    public string Name => DeviceName.Of(http.HttpContext?.Request.Headers.UserAgent.ToString());

    public Guid? Read()
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

    /// <summary>Gives the device its key; the cookie lasts a year from the last sign-in.</summary>
    public Guid Keep(Guid id)
    {
        OwnCookies.Write(http.HttpContext!, Cookie, _protector.Protect(id.ToString()), Kept);
        return id;
    }

    internal static string Counted(IPAddress? address)
    {
        if (address is null)
        {
            return "-";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
