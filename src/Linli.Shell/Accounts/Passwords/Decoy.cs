using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>Spends the time of a real password check on a login that does not exist, so that nobody is told by the clock which ones do.</summary>
public sealed class Decoy(IOptions<PasswordHasherOptions> options)
{
    private static readonly Account Nobody = new() { Name = "" };
    private readonly PasswordHasher<Account> _hasher = new(options);
    private string? _hash;

    public void Check(string password) => _hasher.VerifyHashedPassword(Nobody, _hash ??= _hasher.HashPassword(Nobody, OneTimeCodes.New()), password);
}
