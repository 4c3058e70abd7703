using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Linli.Shell.Http;

/// <summary>Addresses inside Linli; what comes in from outside is never followed to another site.</summary>
public static class LocalAddress
{
    /// <summary>Path and query of the call.</summary>
    public static string Of(HttpRequest request) => request.GetEncodedPathAndQuery();

    /// <summary>The address if it stays on this site, else the one to use instead. Browsers read //host and /\host as another site, and drop tabs and line ends.</summary>
    public static string OrElse(string? address, string instead) =>
        address is ['/', .. var rest] && rest is [] or [not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? InAscii(address) : instead;

    /// <summary>As it may stand in a header: somebody may have typed 路灯 as it is.</summary>
    private static string InAscii(string address) => Ascii.IsValid(address) ? address
        : string.Concat(address.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())));
}
