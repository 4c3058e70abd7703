using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>Account and appointments of this moment in one query, so that a new post, a moved person or a disabled account takes effect at the next call.</summary>
public sealed class LoadActor(LinliDb db, OrganisationTree tree, TimeProvider clock)
{
    /// <param name="id">The account.</param>
    /// <param name="stamp">The security stamp that the caller signed in with; null when it does not matter.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null when there is no such active account with that stamp.</returns>
    public async Task<Loaded?> FindAsync(Guid id, string? stamp, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await db.Set<Account>().AsNoTracking().Where(a => a.Id == id && a.IsActive).Select(a => new
        {
            a.UserName, a.Name, a.NameEn, a.Language, a.SecurityStamp,
            Map = db.Set<ChangeStamp>().Where(s => s.Name == ChangeStamp.Map).Select(s => (Guid?)s.Value).FirstOrDefault(),
            Appointments = db.Set<Appointment>().Where(p => p.AccountId == a.Id && p.From <= now && (p.Until == null || p.Until > now)).ToList(),
        }).FirstOrDefaultAsync(cancellation);
        if (found is null || (stamp is not null && found.SecurityStamp != stamp))
        {
            return null;
        }

        var organisations = await tree.AtAsync(db, found.Map, cancellation);
        var actor = new Actor(ActorKind.Staff, id, found.Name, [.. found.Appointments.Select(organisations.PostOf)]);
        return new Loaded(actor, found.UserName!, found.NameEn, found.Language);
    }

    public sealed record Loaded(Actor Actor, string Login, string? NameEn, string? Language);
}
