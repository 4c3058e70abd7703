using Linli.Kernel;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>
/// Checks login and password. One answer for everything that is wrong, so that nobody learns which logins exist: wrong guesses are counted
/// for logins that do not exist as well. Who has signed in on this device before is not kept out by others who guess: docs/decisions/0025-sign-in.md.
/// </summary>
public sealed class SignIn(LinliDb db, UserManager<Account> accounts, Hashes hashes, VisitorDevice device, TimeProvider clock)
{
    /// <summary>Simultaneous tries lose against each other and are counted again, each one.</summary>
    private const int MaxRaces = 50;

    private readonly CountTries _count = new(db, clock);

    public static Failure Refused { get; } = new Failure.Conflict("sign_in_refused", "登录名或密码不对，或者账号已停用。忘了密码请联系管理员，领一个一次性代码。");

    public async Task<Outcome<Account>> HandleAsync(string? login, string? password, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            try
            {
                return await TryAsync((login ?? "").Trim(), password ?? "", cancellation);
            }
            catch (DbUpdateException) when (race < MaxRaces - 1)
            {
                db.ChangeTracker.Clear();
            }
        }

        return Refused;
    }

    private async Task<Outcome<Account>> TryAsync(string login, string password, CancellationToken cancellation)
    {
        if (password.Length > PasswordRules.MaxLength || login.Length > Account.MaxNameLength)
        {
            return Refused;
        }

        var account = await accounts.FindByNameAsync(login);
        var chance = await _count.LookAsync(cancellation, await CountersAsync(login, account, cancellation));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        var isRight = hashes.IsRight(account is { IsActive: true } ? account : null, password);
        if (isRight)
        {
            chance.Succeeded();
        }
        else
        {
            chance.Failed();
        }

        var verb = isRight ? "shell.sign-in" : "shell.sign-in-refused";
        await db.CommitAsync(new Act(isRight ? ActorKind.Staff : ActorKind.Resident, isRight ? account!.Id : Guid.Empty, verb, clock.GetUtcNow(), account?.Id.ToString()), cancellation);
        return isRight ? account! : Refused;
    }

    private async Task<Counted[]> CountersAsync(string login, Account? account, CancellationToken cancellation)
    {
        var (name, own, owner) = (login.ToUpperInvariant(), device.Read(), account?.Id ?? Guid.Empty);
        return own is not null && await db.Set<AccountDevice>().AnyAsync(d => d.AccountId == owner && d.DeviceId == own, cancellation)
            ? [new(TryRule.KnownDevice, $"{own}/{name}")]
            : [new(TryRule.Place, $"{device.Address}/{name}"), new(TryRule.Strangers, name)];
    }
}
