using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Limits;

/// <summary>Where a call comes from, as far as it can be counted: an IPv4 address, or the /64 of IPv6 that one line gets as a whole.</summary>
public static class CallerAddress
{
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address) => Cut(address, 32, 64);

    /// <summary>The neighbourhood: who rents one address rents more beside it.</summary>
    public static string BlockOf(HttpContext context) => Cut(context.Connection.RemoteIpAddress, 24, 48);

    private static string Cut(IPAddress? address, int bits4, int bits6)
    {
        if (address is null)
        {
            return "here"; // without a network: the process itself
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = plain.AddressFamily == AddressFamily.InterNetwork ? bits4 : bits6;
        var bytes = plain.GetAddressBytes();
        for (var i = bits / 8; i < bytes.Length; i++)
        {
            bytes[i] = 0;
        }

        return $"{new IPAddress(bytes)}/{bits}";
    }
}
