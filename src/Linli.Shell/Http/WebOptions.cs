namespace Linli.Shell.Http;

/// <summary>How this installation is reached, and how long a call may take; configuration section <c>Web</c>.</summary>
public sealed class WebOptions
{
    /// <summary>Names under which it is served, separated by semicolons; calls for any other are refused. Empty: every name.</summary>
    public string Hosts { get; set; } = "";

    /// <summary>Addresses or networks (10.0.0.0/8) of the reverse proxies whose X-Forwarded-For and -Proto are believed, separated by semicolons.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>So long a browser that came by HTTPS asks for nothing else (Strict-Transport-Security); 0 turns it off.</summary>
    public int HstsDays { get; set; } = 365;

    /// <summary>Open connections; more are closed at once.</summary>
    public int MaxConnections { get; set; } = 2_000;

    /// <summary>Open connections of one address (of IPv6: one /64); more are closed at once. Known proxies may have all there are.</summary>
    public int MaxConnectionsOfOne { get; set; } = 500;

    /// <summary>Pages that one account may have open with live news.</summary>
    public int MaxLive { get; set; } = 20;

    /// <summary>An ordinary call is given up after so long.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A call that carries files is given up after so long; slow lines get the time they need.</summary>
    public TimeSpan FileTimeout { get; set; } = TimeSpan.FromMinutes(20);

    internal static IEnumerable<string> Parts(string list) => list.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
