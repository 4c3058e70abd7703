using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Confirming;

/// <summary>The one who is signed in shows again that it is them: before something sensitive, when the last time is too long ago.</summary>
public sealed class ConfirmSelf(LinliDb db, Hashes hashes, OpenSession open, TimeProvider clock)
{
    private readonly CountTries _count = new(db, clock);

    public async Task<Outcome<AccountSession>> ByPasswordAsync(Actor actor, Guid session, string? password, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Inside, account.Id.ToString()));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        if (!hashes.IsRight(account, password ?? ""))
        {
            chance.Failed();
            await db.CommitAsync(actor.Act("shell.confirm-refused", clock.GetUtcNow(), account.Id.ToString()), cancellation);
            return new Failure.Invalid("confirm", "密码不对。");
        }

        chance.Succeeded();
        return await MarkAsync(actor, session, cancellation);
    }

    /// <summary>Password or passkey were right. The browser gets a new cookie; other copies of the old one stay unconfirmed.</summary>
    internal async Task<AccountSession> MarkAsync(Actor actor, Guid session, CancellationToken cancellation)
    {
        var row = await db.Set<AccountSession>().SingleAsync(s => s.Id == session && s.AccountId == actor.Id, cancellation);
        row.ConfirmedAt = clock.GetUtcNow();
        await db.CommitAsync(actor.Act("shell.confirm", row.ConfirmedAt, actor.Id.ToString()), cancellation);
        await open.IssueAsync(row, isKept: false);
        return row;
    }
}
