using Linli.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>Chooses a password with a one-time code from an administrator. Wrong codes count like wrong passwords.</summary>
public sealed class UseCode(LinliDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, Decoy decoy, TimeProvider clock)
{
    private static Failure Refused { get; } = new Failure.Conflict(
        "code_refused", "登录名或一次性代码不对，或者代码已经用过、过期。代码 {0} 天内有效，可以请管理员重新发一个。", (int)People.GiveCode.Valid.TotalDays);

    public async Task<Outcome<Account>> HandleAsync(string? login, string? code, string? password, CancellationToken cancellation)
    {
        if (Passwords.ProblemWith(password, login ?? "-") is { } weak)
        {
            return new Failure.Invalid([weak]);
        }

        var (typed, now) = (Passwords.Tidy(code ?? ""), clock.GetUtcNow());
        var account = typed.Length is > 0 and <= 40 && login?.Length <= Account.MaxNameLength ? await accounts.FindByNameAsync(login.Trim()) : null;
        if (account is not { IsActive: true, CodeHash: not null } || account.CodeEndsAt <= now || account.LockoutEnd > now)
        {
            decoy.Check(typed);
            return Refused;
        }

        var isRight = hasher.VerifyHashedPassword(account, account.CodeHash, typed) != PasswordVerificationResult.Failed;
        SignIn.Count(account, isRight, now);
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        if (isRight)
        {
            (account.CodeHash, account.CodeEndsAt) = (null, null);
            account.PasswordHash = hasher.HashPassword(account, password!);
            account.SecurityStamp = Guid.NewGuid().ToString("N");
        }

        try
        {
            await db.CommitAsync(new Act(isRight ? ActorKind.Staff : ActorKind.Resident, isRight ? account.Id : Guid.Empty,
                isRight ? "shell.use-code" : "shell.use-code-refused", now, account.Id.ToString()), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refused;
        }

        return isRight ? account : Refused;
    }
}
