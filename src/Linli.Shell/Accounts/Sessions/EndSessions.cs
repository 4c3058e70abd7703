using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Live;
using Linli.Shell.Residents;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>Ends sign-ins: one, all others, or all.</summary>
public sealed class EndSessions(LinliDb db, People.AdministratorReach reach, LiveHub live, TimeProvider clock)
{
    public async Task<Outcome<AccountSession>> OneAsync(Actor actor, Guid session, CancellationToken cancellation)
    {
        if (await OpenOf(actor.Id).SingleOrDefaultAsync(s => s.Id == session, cancellation) is not { } row)
        {
            return new Failure.NotFound("没有这个登录，可能已经退出。");
        }

        await EndAsync(actor, "shell.end-session", actor.Id, [row], cancellation);
        return row;
    }

    /// <summary>All but the one that calls.</summary>
    public async Task<int> OthersAsync(Actor actor, Guid session, CancellationToken cancellation)
    {
        var others = await OpenOf(actor.Id).Where(s => s.Id != session).ToListAsync(cancellation);
        await EndAsync(actor, "shell.end-other-sessions", actor.Id, others, cancellation);
        return others.Count;
    }

    /// <summary>Every one, also those that somebody opens at this moment.</summary>
    public async Task<Outcome<Account>> AllOfAsync(Actor actor, Guid accountId, CancellationToken cancellation)
    {
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == accountId, cancellation) is not { } account)
        {
            return Linli.Shell.People.ChangePerson.Unknown;
        }

        if (await reach.RefusesAsync(actor, accountId, cancellation) is { } beyond)
        {
            return beyond;
        }

        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await EndAsync(actor, "shell.sign-out-everywhere", accountId, await OpenOf(accountId).ToListAsync(cancellation), cancellation);
        return account;
    }

    /// <summary>Every one of a resident.</summary>
    public async Task AllOfResidentAsync(Actor actor, CancellationToken cancellation)
    {
        (await db.Set<Resident>().SingleAsync(r => r.Id == actor.Id, cancellation)).SecurityStamp = Guid.NewGuid().ToString("N");
        await EndAsync(actor, "shell.sign-out-everywhere", actor.Id, await OpenOf(actor.Id).ToListAsync(cancellation), cancellation);
    }

    private IQueryable<AccountSession> OpenOf(Guid account) => db.Set<AccountSession>().Where(s => s.AccountId == account && s.EndedAt == null);

    private async Task EndAsync(Actor actor, string verb, Guid account, List<AccountSession> sessions, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var session in sessions)
        {
            session.EndedAt = now;
        }

        await db.CommitAsync(actor.Act(verb, now, account.ToString()), cancellation);
        foreach (var session in sessions)
        {
            live.EndSession(session.Id);
        }
    }
}
