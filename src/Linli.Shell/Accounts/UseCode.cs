using Linli.Kernel;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Inbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>Chooses a password with a one-time code from an administrator. Wrong codes are counted by address.</summary>
public sealed class UseCode(
    LinliDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, Hashes hashes, PasswordRules rules, Factors factors, TellOwner owner, Decoy decoy, VisitorDevice device, TimeProvider clock)
{
    private readonly CountTries _count = new(db, clock);

    private static Failure Refused { get; } = new Failure.Conflict(
        "code_refused", "登录名或一次性代码不对，或者代码已经用过、过期。代码 {0} 天内有效，可以请管理员重新发一个。", (int)People.GiveCode.Valid.TotalDays);

    public async Task<Outcome<Account>> HandleAsync(string? login, string? code, string? password, CancellationToken cancellation)
    {
        if (rules.ProblemWith(password, login) is { } weak)
        {
            return new Failure.Invalid([weak]);
        }

        var (typed, name, now) = (OneTimeCodes.Tidy(code ?? ""), (login ?? "").Trim(), clock.GetUtcNow());
        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Code, $"{device.Address}/{name.ToUpperInvariant()}"));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        var account = typed.Length is > 0 and <= 40 && name.Length <= Account.MaxNameLength ? await accounts.FindByNameAsync(name) : null;
        var isRight = false;
        if (account is not { IsActive: true, CodeHash: not null } || account.CodeEndsAt <= now)
        {
            decoy.Check(hasher, typed);
        }
        else
        {
            isRight = hasher.VerifyHashedPassword(account, account.CodeHash, typed) != PasswordVerificationResult.Failed;
        }

        if (isRight)
        {
            chance.Succeeded();
            (account!.CodeHash, account.CodeEndsAt) = (null, null);
            hashes.Set(account, password!);
            if (account.CodeResetsFactor)
            {
                account.CodeResetsFactor = false;
                await factors.RemoveAllAsync(account, cancellation);
            }

            owner.Tell(account, new NoticeText("您的密码已用一次性代码重新设置。如果不是您本人，请马上联系管理员。"));
            account.SecurityStamp = Guid.NewGuid().ToString("N");
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
        }
        else
        {
            chance.Failed();
        }

        try
        {
            await db.CommitAsync(new Act(isRight ? ActorKind.Staff : ActorKind.Resident, isRight ? account!.Id : Guid.Empty,
                isRight ? "shell.use-code" : "shell.use-code-refused", now, account?.Id.ToString()), cancellation);
        }
        catch (DbUpdateException)
        {
            return Refused;   // somebody else was faster, with this code or with another guess
        }

        return isRight ? account! : Refused;
    }
}
