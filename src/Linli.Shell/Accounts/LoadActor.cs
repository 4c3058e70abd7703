using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts;

/// <summary>Session, account and appointments of this moment in one query, so that a new post, a moved person, an ended session or a disabled account takes effect at the next call.</summary>
public sealed class LoadActor(LinliDb db, OrganisationTree tree, BlindIndex index, IOptions<AccountsOptions> options, TimeProvider clock)
{
    /// <summary>How exact <see cref="AccountSession.UsedAt"/> is: a row is not written for every call.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    /// <param name="id">The account.</param>
    /// <param name="session">The session that calls; null when it does not matter.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null when there is no such active account, or the session is over.</returns>
    public async Task<Loaded?> FindAsync(Guid id, Guid? session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var used = now - options.Value.Idle;
        var found = await (
            from a in db.Set<Account>().AsNoTracking()
            where a.Id == id && a.IsActive
            from s in db.Set<AccountSession>().Where(s => s.Id == session && s.AccountId == a.Id && s.Stamp == a.SecurityStamp && s.EndedAt == null && s.EndsAt > now && s.UsedAt > used).DefaultIfEmpty()
            select new
            {
                a.UserName, a.Name, a.FormerNames, a.NameEn, a.Language, a.FactorMissingSince,
                UsedAt = (DateTimeOffset?)s.UsedAt,
                Map = db.Set<ChangeStamp>().Where(m => m.Name == ChangeStamp.Map).Select(m => (Guid?)m.Value).FirstOrDefault(),
                Appointments = db.Set<Appointment>().Where(p => p.AccountId == a.Id && p.From <= now && (p.Until == null || p.Until > now)
                    && (p.DeputyOf == null || db.Set<Appointment>().Any(o => o.Id == p.DeputyOf && o.From <= now && (o.Until == null || o.Until > now)))).ToList(),
            }).FirstOrDefaultAsync(cancellation);
        if (found is null || (session is not null && found.UsedAt is null))
        {
            return null;
        }

        var late = found.FactorMissingSince + options.Value.SecondFactorGrace <= now ? options.Value.RolesWithSecondFactor : null;
        var appointments = found.Appointments.Where(p => late?.Contains(p.Role) != true).ToList();
        var organisations = await tree.AtAsync(db, found.Map, cancellation);
        var actor = new Actor(ActorKind.Staff, id, found.Name, [.. appointments.Select(organisations.PostOf)]) { NameIndexes = [.. found.FormerNames.Prepend(found.Name).Select(index.OfName).OfType<string>()] };
        return new Loaded(actor, found.UserName!, found.NameEn, found.Language, found.UsedAt <= now - Touch, appointments.Count < found.Appointments.Count);
    }

    /// <summary>Says that the session is in use.</summary>
    public Task TouchAsync(Guid session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return db.Set<AccountSession>().Where(s => s.Id == session && s.UsedAt < now).ExecuteUpdateAsync(set => set.SetProperty(s => s.UsedAt, now), cancellation);
    }

    /// <param name="LacksFactor">Posts are left out that need a second factor, which the account has not set up in time.</param>
    /// <param name="IsToBeTouched">The session was last seen so long ago that it is worth a write.</param>
    public sealed record Loaded(Actor Actor, string Login, string? NameEn, string? Language, bool IsToBeTouched, bool LacksFactor);
}
