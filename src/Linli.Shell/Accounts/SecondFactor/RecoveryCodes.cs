using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Shell.Accounts.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>Ten codes for the day when the telephone is lost: each works once, a new set makes the old one worthless.</summary>
public sealed class RecoveryCodes(LinliDb db, IOptions<PasswordHasherOptions> hashing, TimeProvider clock)
{
    public const int Many = 10;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Only adds to the session: the caller commits.</summary>
    /// <returns>To be shown this once.</returns>
    internal async Task<IReadOnlyList<string>> RenewAsync(Guid account, CancellationToken cancellation)
    {
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account).ToListAsync(cancellation));
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var codes = Enumerable.Range(0, Many).Select(_ => OneTimeCodes.New()).ToList();
        db.AddRange(codes.Select(c => new RecoveryCode { AccountId = account, Salt = salt, Hash = Hash(c, salt) }));
        return [.. codes.Select(OneTimeCodes.Show)];
    }

    /// <summary>Marks it as used; only changes the session. A simultaneous use fails at the commit.</summary>
    internal async Task<bool> UseAsync(Guid account, string code, CancellationToken cancellation)
    {
        var kept = await db.Set<RecoveryCode>().Where(c => c.AccountId == account).OrderBy(c => c.Id).ToListAsync(cancellation);
        var typed = OneTimeCodes.Tidy(code);
        if (kept.Count == 0 || typed.Length != 10)
        {
            return false;
        }

        var hash = Hash(typed, kept[0].Salt);
        var found = kept.Where(c => c.UsedAt is null && CryptographicOperations.FixedTimeEquals(c.Hash, hash)).ToList();
        found.ForEach(c => c.UsedAt = clock.GetUtcNow());
        return found.Count > 0;
    }

    private byte[] Hash(string code, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(code), salt, hashing.Value.IterationCount, HashAlgorithmName.SHA512, HashBytes);
}
