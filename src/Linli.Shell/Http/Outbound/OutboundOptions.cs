namespace Linli.Shell.Http.Outbound;

/// <summary>Which addresses Linli may call that somebody else named; configuration section <c>Outbound</c>.</summary>
public sealed class OutboundOptions
{
    /// <summary>Names of hosts, without port, that may be called although they are on this machine or in a private network.</summary>
    public List<string> Allowed { get; set; } = [];

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
