namespace Linli.Shell.Limits.Floods;

/// <summary>
/// When reports become a flood, and what is asked of those who report then; configuration section <c>Flood</c>.
/// On an ordinary day nobody is asked for anything.
/// </summary>
public sealed class FloodOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Tries a minute, from everywhere, that are still an ordinary day; more is a flood unless the last days were as busy.</summary>
    public int PerMinute { get; set; } = 40;

    /// <summary>The same for one neighbourhood of addresses.</summary>
    public int PerBlock { get; set; } = 20;

    /// <summary>Work that a browser does in the background: zero bits at the start of a hash. Each bit doubles it; 16 take a telephone about a second.</summary>
    public int Bits { get; set; } = 16;

    /// <summary>Without script: seconds to wait, besides a small sum.</summary>
    public int WaitSeconds { get; set; } = 20;

    /// <summary>Reports in ten minutes that are let through this way during a flood.</summary>
    public int WithoutScript { get; set; } = 100;
}
