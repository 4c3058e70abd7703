using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>What somebody changes about their own account.</summary>
public sealed class ChangeOwn(LinliDb db, Hashes hashes, PasswordRules rules, AccountVault vault, TellOwner owner, TimeProvider clock)
{
    private readonly CountTries _count = new(db, clock);

    /// <summary>Ends every other sign-in too: whoever knew the old password is out. The caller signs this one in again.</summary>
    public async Task<Outcome<Account>> PasswordAsync(Actor actor, string? old, string? password, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        if (rules.ProblemWith(password, account.UserName, account.Name) is { } weak)
        {
            return new Failure.Invalid([weak]);
        }

        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Inside, account.Id.ToString()));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        var now = clock.GetUtcNow();
        if (!hashes.IsRight(account, old ?? ""))
        {
            chance.Failed();
            await db.CommitAsync(actor.Act("shell.change-password-refused", now, account.Id.ToString()), cancellation);
            return new Failure.Invalid("old", "现在的密码不对。");
        }

        chance.Succeeded();
        hashes.Set(account, password!);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        owner.Tell(account, new NoticeText("您的密码已修改，其他设备上的登录已经失效。如果不是您本人，请马上联系管理员。"));
        await db.CommitAsync(actor.Act("shell.change-password", now, account.Id.ToString()), cancellation);
        return account;
    }

    /// <summary>Where letters and messages go from now on. Old and new are both told.</summary>
    public async Task<Outcome<Account>> ContactAsync(Actor actor, string? email, string? phone, CancellationToken cancellation)
    {
        var given = new PersonInput(null, null, null, email, null, phone).Tidy();
        if (given.ContactProblems().ToList() is { Count: > 0 } problems)
        {
            return new Failure.Invalid(problems);
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        var before = vault.Open(account);
        vault.Seal(account, given.Email, given.Phone);
        if (TellOwner.Changed(before, vault.Open(account)) is { Count: > 0 } changed)
        {
            owner.Tell(account, new NoticeText("您账号的{0}已修改。如果不是您本人，请马上联系管理员。", changed), before);
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
            await db.CommitAsync(actor.Act("shell.change-own-contact", clock.GetUtcNow(), account.Id.ToString()), cancellation);
        }

        return account;
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
