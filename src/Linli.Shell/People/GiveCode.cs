using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>
/// Gives somebody a one-time code with which to choose a new password. The old password and every sign-in end at once;
/// nobody but the person ever knows the new one.
/// </summary>
public sealed class GiveCode(LinliDb db, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromDays(3);

    public async Task<Outcome<AddedPerson>> HandleAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (account is null)
        {
            return ChangePerson.Unknown;
        }

        var code = To(account);
        account.PasswordHash = null;
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
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
