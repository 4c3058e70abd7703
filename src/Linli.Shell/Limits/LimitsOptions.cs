namespace Linli.Shell.Limits;

/// <summary>
/// How often one may call, in ten minutes; configuration section <c>Limits</c>. The numbers are those of one account, or of one device
/// that has reported before. Everybody else shares what their address may do, which is <see cref="Sharing"/> times as much.
/// </summary>
public sealed class LimitsOptions
{
    /// <summary>False only where something in front of Linli limits calls.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>People behind one address: telephones of one carrier, an office, a school.</summary>
    public int Sharing { get; set; } = 25;

    /// <summary>Pages and answers.</summary>
    public int Reading { get; set; } = 1_500;

    /// <summary>Searches, suggestions while somebody types, points and boundaries of a map.</summary>
    public int Searching { get; set; } = 400;

    /// <summary>Everything that changes something.</summary>
    public int Changing { get; set; } = 300;

    /// <summary>Reports, and joining one.</summary>
    public int Reporting { get; set; } = 12;

    /// <summary>Files sent.</summary>
    public int Uploading { get; set; } = 80;

    /// <summary>Lists as files, and whatever else takes long to make.</summary>
    public int Exporting { get; set; } = 20;

    /// <summary>Refused sign-ins of one address, whoever they name.</summary>
    public int WrongPasswords { get; set; } = 60;

    /// <summary>Wrong secret codes of one address.</summary>
    public int WrongCodes { get; set; } = 40;

    /// <summary>Wrong secret codes for one request, from everywhere together.</summary>
    public int WrongCodesOfOne { get; set; } = 60;
}
