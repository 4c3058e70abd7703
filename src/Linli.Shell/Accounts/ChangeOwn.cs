using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>What somebody changes about their own account.</summary>
public sealed class ChangeOwn(LinliDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    /// <summary>Ends every other sign-in too: whoever knew the old password is out. The caller signs this one in again.</summary>
    public async Task<Outcome<Account>> PasswordAsync(Actor actor, string? old, string? password, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        if (Passwords.ProblemWith(password, account.UserName!) is { } weak)
        {
            return new Failure.Invalid([weak]);
        }

        var now = clock.GetUtcNow();
        if (account.LockoutEnd > now)
        {
            return new Failure.Invalid("old", "试得太多，请 {0} 分钟后再试。", (int)SignIn.LockOut.TotalMinutes);
        }

        var isRight = await accounts.CheckPasswordAsync(account, old ?? "");
        SignIn.Count(account, isRight, now);
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        if (isRight)
        {
            account.PasswordHash = hasher.HashPassword(account, password!);
            account.SecurityStamp = Guid.NewGuid().ToString("N");
        }

        await db.CommitAsync(actor.Act(isRight ? "shell.change-password" : "shell.change-password-refused", now, account.Id.ToString()), cancellation);
        return isRight ? account : new Failure.Invalid("old", "现在的密码不对。");
    }

    /// <summary>Makes every cookie worthless that was given out so far, this one too.</summary>
    public async Task SignOutEverywhereAsync(Actor actor, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await db.CommitAsync(actor.Act("shell.sign-out-everywhere", clock.GetUtcNow(), account.Id.ToString()), cancellation);
    }

    /// <param name="actor">Whose.</param>
    /// <param name="language">zh, en, or null for what the browser asks.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<Outcome<Account>> LanguageAsync(Actor actor, string? language, CancellationToken cancellation)
    {
        if (language is not (null or "zh" or "en"))
        {
            return new Failure.Invalid("language", "语言只能是 zh 或 en。");
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        account.Language = language;
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await db.CommitAsync(actor.Act("shell.change-language", clock.GetUtcNow(), account.Id.ToString()), cancellation);
        return account;
    }
}
