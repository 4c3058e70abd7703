namespace Linli.Shell.Accounts.Tries;

/// <summary>
/// How wrong guesses are slowed down: the first few at once, then one after a wait that doubles up to a limit. A day without a wrong guess is forgotten.
/// docs/decisions/0025-sign-in.md has the sums: fewer than 100 guesses an hour for one account, whoever guesses together.
/// </summary>
/// <param name="Free">Wrong guesses without a wait.</param>
internal sealed record TryRule(string Name, int Free, TimeSpan First, TimeSpan Longest)
{
    public static readonly TimeSpan Forget = TimeSpan.FromDays(1);

    /// <summary>One device that has signed in to the account before. Nobody elsewhere can use it up.</summary>
    public static readonly TryRule KnownDevice = new("known", 5, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));

    /// <summary>One address, for one account, on devices that have not signed in to it before.</summary>
    public static readonly TryRule Place = new("place", 5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    /// <summary>All such devices together, for one account.</summary>
    public static readonly TryRule Strangers = new("strangers", 10, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));

    /// <summary>Whoever has got as far as the second factor, or is signed in and is asked for the password again.</summary>
    public static readonly TryRule Inside = new("inside", 5, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));

    /// <summary>One address with one-time codes: with 50 bits to guess, an account needs no limit over all addresses.</summary>
    public static readonly TryRule Code = new("code", 5, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));

    /// <summary>Codes sent to one telephone or e-mail address: enough for somebody who waits, too few to be a nuisance.</summary>
    public static readonly TryRule Sends = new("sends", 3, TimeSpan.FromMinutes(1), TimeSpan.FromHours(4));

    /// <summary>Codes asked for by one address.</summary>
    public static readonly TryRule SendsFrom = new("sends-from", 20, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));

    /// <param name="failures">Including the one that has just happened.</param>
    public TimeSpan WaitAfter(int failures)
    {
        if (failures < Free)
        {
            return TimeSpan.Zero;
        }

        var doubled = First * Math.Pow(2, Math.Min(failures - Free, 30));
        return doubled < Longest ? doubled : Longest;
    }
}
