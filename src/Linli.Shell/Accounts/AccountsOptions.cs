using Linli.Kernel.People;

namespace Linli.Shell.Accounts;

/// <summary>How long sign-ins last and what they ask for; configuration section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>Without a call for so long, a sign-in of staff is over. Open pages that listen for news do not count as calls.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a sign-in of staff is over after this.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a password or passkey counts as just given, for what is sensitive.</summary>
    public TimeSpan Confirmed { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Roles whose holders need a second factor, with commas between; empty for none. Never asked for in the demo.</summary>
    public string SecondFactorFor { get; set; } = $"{Role.Administrator},{Role.Auditor}";

    /// <summary>How long such a holder may work without one, from the first sign-in at which it was missing.</summary>
    public TimeSpan SecondFactorGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The domain that passkeys are bound to; empty is the host that the browser asked for.</summary>
    public string PasskeyDomain { get; set; } = "";

    /// <summary>How long an invitation can be accepted.</summary>
    public TimeSpan Invitation { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Without a call for so long, a resident's sign-in is over.</summary>
    public TimeSpan ResidentIdle { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A resident's sign-in is over after this in any case.</summary>
    public TimeSpan ResidentLongest { get; set; } = TimeSpan.FromDays(30);

    internal IReadOnlySet<Role> RolesWithSecondFactor =>
        SecondFactorFor.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(r => Enum.Parse<Role>(r, ignoreCase: true)).ToHashSet();

    internal bool IsValid =>
        Idle > TimeSpan.Zero && Longest >= Idle && ResidentIdle > TimeSpan.Zero && ResidentLongest >= ResidentIdle && Confirmed > TimeSpan.Zero && SecondFactorGrace >= TimeSpan.Zero && Invitation > TimeSpan.Zero
        && SecondFactorFor.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(r => Enum.TryParse<Role>(r, ignoreCase: true, out _));
}
