using Linli.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>
/// Checks login and password. One answer for everything that is wrong, so that nobody learns which logins exist.
/// Ten wrong passwords lock the account for a quarter of an hour.
/// </summary>
public sealed class SignIn(LinliDb db, UserManager<Account> accounts, Decoy decoy, TimeProvider clock)
{
    public const int MaxFailures = 10;
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    /// <summary>Simultaneous tries lose against each other and are counted again, each one.</summary>
    private const int MaxRaces = 50;

    public static Failure Refused { get; } = new Failure.Conflict(
        "sign_in_refused", "登录名或密码不对，或者账号已停用、暂时锁定。连续输错 {0} 次会锁定 {1} 分钟。", MaxFailures, (int)LockOut.TotalMinutes);

    public async Task<Outcome<Account>> HandleAsync(string? login, string? password, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            try
            {
                return await TryAsync(login ?? "", password ?? "", cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
            }
        }

        return Refused;
    }

    private async Task<Outcome<Account>> TryAsync(string login, string password, CancellationToken cancellation)
    {
        if (password.Length > Passwords.MaxLength || login.Length > Account.MaxNameLength)
        {
            return Refused;
        }

        var now = clock.GetUtcNow();
        var account = await accounts.FindByNameAsync(login.Trim());
        if (account is not { IsActive: true, PasswordHash: not null } || account.LockoutEnd > now)
        {
            decoy.Check(password);
            return Refused;
        }

        var isRight = await accounts.CheckPasswordAsync(account, password);
        Count(account, isRight, now);
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        var verb = isRight ? "shell.sign-in" : "shell.sign-in-refused";
        await db.CommitAsync(new Act(isRight ? ActorKind.Staff : ActorKind.Resident, isRight ? account.Id : Guid.Empty, verb, now, account.Id.ToString()), cancellation);
        return isRight ? account : Refused;
    }

    internal static void Count(Account account, bool isRight, DateTimeOffset now)
    {
        account.AccessFailedCount = isRight ? 0 : account.AccessFailedCount + 1;
        if (account.AccessFailedCount >= MaxFailures)
        {
            account.AccessFailedCount = 0;
            account.LockoutEnd = now + LockOut;
        }
    }
}
