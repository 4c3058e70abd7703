using System.Net;
using System.Net.Sockets;

namespace Linli.Shell.Http.Outbound;

/// <summary>Whether an address belongs to the internet at large; everything else (this machine, its networks, what has a special purpose by IANA's registries) may answer in ways that were not meant for strangers.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>What of IPv6 is in use for the internet; tunnels in it carry an IPv4 address of their own choice.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialGlobal = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(n => IPNetwork.Parse(n))];

    /// <summary>Names that never lead to the internet at large, by what IANA reserves (RFC 6761, 6762, 8375, 9476) and because they have no dot.</summary>
    private static readonly string[] Reserved = ["localhost", "local", "internal", "lan", "home.arpa", "localdomain"];

    /// <summary>Whether a host may lead to the internet at large, as far as its writing says; what a name means is looked at when it is called.</summary>
    public static bool CouldBe(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var plain = host.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(plain, out var address) ? Is(address) : plain.Contains('.', StringComparison.Ordinal) && !Reserved.Any(r => plain.EndsWith("." + r, StringComparison.OrdinalIgnoreCase));
    }

    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(n => n.Contains(plain))
            : Global.Contains(plain) && !SpecialGlobal.Any(n => n.Contains(plain));
    }
}
