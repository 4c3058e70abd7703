using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>Spends the time of a real password check on a login that does not exist, so that nobody is told by the clock which ones do.</summary>
public sealed class Decoy(IOptions<PasswordHasherOptions> options)
{
    private static readonly Account Nobody = new() { Name = "" };
    private readonly string _hash = new PasswordHasher<Account>(options).HashPassword(Nobody, OneTimeCodes.New());

    /// <param name="hasher">The one that checks real ones.</param>
    /// <param name="password">As typed.</param>
    public void Check(IPasswordHasher<Account> hasher, string password) => hasher.VerifyHashedPassword(Nobody, _hash, password);
}
