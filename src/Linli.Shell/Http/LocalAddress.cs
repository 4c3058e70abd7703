using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

/// <summary>Addresses inside Linli; what comes in from outside is never followed to another site.</summary>
public static class LocalAddress
{
    /// <summary>Path and query of the call.</summary>
    public static string Of(HttpRequest request) => request.PathBase + request.Path + request.QueryString;

    /// <summary>The address if it stays on this site, else the one to use instead. Browsers read //host and /\host as another site, and drop tabs and line ends.</summary>
    public static string OrElse(string? address, string instead) =>
        address is ['/', .. var rest] && rest is [] or [not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : instead;
}
