using Linli.Kernel;
using Linli.Shell.People.Invitations;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>What versions before sealing wrote in the open about staff. In batches, each a commit of its own: interrupted, it goes on where it was.</summary>
public sealed class SealOldAccounts(LinliDb db, AccountVault vault, TimeProvider time)
{
    private const int Batch = 200;

    /// <returns>How many rows were written anew.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await db.Set<Account>().Where(a => a.OldEmail != null).OrderBy(a => a.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
            {
                vault.Seal(account, account.OldEmail, vault.Open(account).Phone);
                account.OldEmail = null;
            }

            count += await CommitAsync(accounts.Count, cancellation);
        }

        while (await db.Set<Invitation>().Where(i => i.OldEmail != null).OrderBy(i => i.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } invitations)
        {
            foreach (var invitation in invitations)
            {
                invitation.Mailbox = invitation.IsOpenAt(time.GetUtcNow()) ? vault.SealInvited(invitation.Id, invitation.OldEmail) : null;
                invitation.OldEmail = null;
            }

            count += await CommitAsync(invitations.Count, cancellation);
        }

        if (count > 0)
        {
            await db.Dialect.ForgetAsync(db.Database, isThorough: true, cancellation);
        }

        return count;
    }

    private async Task<int> CommitAsync(int count, CancellationToken cancellation)
    {
        await db.CommitAsync(Act.BySystem("privacy.seal-accounts", time.GetUtcNow(), $"{count}"), cancellation);
        db.ChangeTracker.Clear();
        return count;
    }
}
