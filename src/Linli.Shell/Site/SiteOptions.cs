namespace Linli.Shell.Site;

/// <summary>How this installation calls itself; configuration section <c>Site</c>.</summary>
public sealed class SiteOptions
{
    /// <summary>The product's name as shown.</summary>
    public string Name { get; set; } = "邻里";
    public string NameEn { get; set; } = "Linli";

    /// <summary>The jurisdiction, in front of the product's name.</summary>
    public string County { get; set; } = "壶关县";
    public string CountyEn { get; set; } = "Huguan County";

    /// <summary>The hotline that a resident can call instead; empty for none.</summary>
    public string Hotline { get; set; } = "12345";

    /// <summary>Shows the demo banner and the style page /design.</summary>
    public bool Demo { get; set; }

    /// <summary>Everybody knows the demo's passwords: it answers its own machine only, unless somebody says here that the world may come in.</summary>
    public bool OpenDemo { get; set; }

    /// <summary>Address pattern of map tiles ({z}, {x}, {y}); empty draws boundaries only and asks nobody on the internet.</summary>
    public string TileUrl { get; set; } = "";

    /// <summary>Where the menu's sign-in link leads.</summary>
    public string SignIn { get; set; } = "/sign-in";

    /// <summary>Where the form that signs out posts to.</summary>
    public string SignOut { get; set; } = "/sign-out";

    /// <summary>Home of those who are signed in.</summary>
    public string StaffHome { get; set; } = "/work";
}
