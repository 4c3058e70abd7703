using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Inbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>
/// Gives somebody a one-time code with which to choose a new password. The old password and every sign-in end at once;
/// nobody but the person ever knows the new one.
/// </summary>
public sealed class GiveCode(LinliDb db, IPasswordHasher<Account> hasher, ResetFactor reset, AdministratorReach reach, TellOwner owner, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromDays(3);

    /// <param name="actor">Who gives it.</param>
    /// <param name="id">To whom.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="resetsFactor">The code also takes the second factor away; only where no other administrator could agree to that.</param>
    public async Task<Outcome<AddedPerson>> HandleAsync(Actor actor, Guid id, CancellationToken cancellation, bool resetsFactor = false)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (account is null)
        {
            return ChangePerson.Unknown;
        }

        if (await reach.RefusesAsync(actor, id, cancellation) is { } beyond)
        {
            return beyond;
        }

        if (resetsFactor && actor.Kind != ActorKind.System && (id == actor.Id || await reset.HasOtherAsync(actor.Id, id, cancellation)))
        {
            return new Failure.Conflict("another_administrator", "取消第二重验证请让另一位管理员同意。只有没有第二位管理员时，才能用一次性代码取消。");
        }

        var code = To(account);
        account.CodeResetsFactor = resetsFactor;
        account.PasswordHash = null;
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        owner.Tell(account, new NoticeText(resetsFactor
            ? "管理员重置了您的密码，并给了一次性代码；用它设新密码时，第二重验证也会取消。如果不是您要求的，请马上联系另一位管理员。"
            : "管理员重置了您的密码，并给了一次性代码；原来的密码和所有登录已经失效。如果不是您要求的，请马上联系另一位管理员。"));
        await db.CommitAsync(actor.Act("shell.give-code", clock.GetUtcNow(), id.ToString()), cancellation);
        return new AddedPerson(id, account.UserName!, code);
    }

    internal string To(Account account)
    {
        var code = OneTimeCodes.New();
        account.CodeHash = hasher.HashPassword(account, code);
        account.CodeEndsAt = clock.GetUtcNow() + Valid;
        return OneTimeCodes.Show(code);
    }
}
