namespace Linli.EndToEnd.Browsing;

/// <summary>What somebody looks at, in CSS pixels.</summary>
internal sealed record Screen(string Name, int Width, int Height, bool IsPhone)
{
    /// <summary>The smallest telephone that Linli is made for.</summary>
    public static Screen Phone { get; } = new("360", 360, 740, IsPhone: true);

    public static Screen Desk { get; } = new("1440", 1440, 900, IsPhone: false);
}
