using Linli.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>
/// Makes and checks the hashes of passwords. A password is the characters that were meant, however a keyboard wrote them (NFKC: full-width letters,
/// composed accents); hashes made with fewer rounds than now are renewed when they are next used.
/// </summary>
public sealed class Hashes(IPasswordHasher<Account> hasher, Decoy decoy)
{
    /// <summary>PBKDF2 with HMAC-SHA-512: what OWASP asks for, more than twice what Identity does by itself.</summary>
    public const int Rounds = 210_000;

    public void Set(Account account, string password) => account.PasswordHash = hasher.HashPassword(account, Normal(password));

    /// <summary>Takes the same time without an account, or for one without a password: the clock tells nobody which exist.</summary>
    public bool IsRight(Account? account, string password)
    {
        if (account?.PasswordHash is not { } hash)
        {
            decoy.Check(hasher, password);
            return false;
        }

        var result = hasher.VerifyHashedPassword(account, hash, Normal(password));
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            Set(account, password);
        }

        return result != PasswordVerificationResult.Failed;
    }

    private static string Normal(string password) => password.Compatible();
}
