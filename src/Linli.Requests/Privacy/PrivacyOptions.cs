namespace Linli.Requests.Privacy;

/// <summary>Configuration section <c>Privacy</c>.</summary>
public sealed class PrivacyOptions
{
    /// <summary>For how long personal data stays readable after it was asked for.</summary>
    public int ShownMinutes { get; set; } = 30;

    /// <summary>For how long a wish waits for a second person.</summary>
    public int DecideHours { get; set; } = 24;

    /// <summary>How often one person may ask within an hour.</summary>
    public int MostPerHour { get; set; } = 40;

    /// <summary>From how many within an hour the supervisors are told.</summary>
    public int UnusualPerHour { get; set; } = 20;

    /// <summary>The person concerned is told the name of who looked, not only role and organisation.</summary>
    public bool ShowStaffNames { get; set; }

    /// <summary>How long a reporter can think again after asking for deletion.</summary>
    public int DeletionWaitDays { get; set; } = 3;

    /// <summary>Months after the end of a request until it is anonymised, where its type is sensitive and its own rule says longer.</summary>
    public int SensitiveMonths { get; set; } = 12;
}
