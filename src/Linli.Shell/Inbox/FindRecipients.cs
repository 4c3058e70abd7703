using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Inbox;

/// <summary>Who holds which post at this moment.</summary>
public sealed class FindRecipients(LinliDb db, OrganisationTree tree, TimeProvider clock)
{
    /// <returns>Active accounts, each once.</returns>
    public async Task<IReadOnlyList<Guid>> HandleAsync(IEnumerable<Recipients> targets, CancellationToken cancellation)
    {
        var all = targets.ToList();
        var posts = all.Any(r => r is not Recipients.Accounts) ? await ValidPostsAsync(all, cancellation) : [];
        var stamp = await db.Set<ChangeStamp>().Where(s => s.Name == ChangeStamp.Map).Select(s => (Guid?)s.Value).FirstOrDefaultAsync(cancellation);
        var map = await tree.AtAsync(db, stamp, cancellation);
        var ids = all.SelectMany(r => r switch
        {
            Recipients.Accounts people => people.Ids,
            Recipients.Covering covering => posts.Where(p => p.Role == covering.Role && map.PostOf(p) is var post && post.IsFor(covering.Matter) && post.IsOver(covering.Matter.AreaCode)).Select(p => p.AccountId),
            Recipients.Serving serving => Nearest(posts, serving, map),
            _ => throw new NotSupportedException(r.GetType().Name),
        }).Distinct().ToList();
        return await db.Set<Account>().Where(a => a.IsActive && ids.Contains(a.Id)).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellation);
    }

    private async Task<List<Appointment>> ValidPostsAsync(List<Recipients> targets, CancellationToken cancellation)
    {
        var roles = targets.Select(r => (r as Recipients.Covering)?.Role ?? (r as Recipients.Serving)?.Role).OfType<Role>().Distinct().ToList();
        var now = clock.GetUtcNow();
        return await db.Set<Appointment>().AsNoTracking().Where(p => roles.Contains(p.Role)).ValidAt(now, db).ToListAsync(cancellation);
    }

    private static List<Guid> Nearest(List<Appointment> posts, Recipients.Serving serving, OrganisationTree.Snapshot map)
    {
        // Bounded, should somebody ever make a circle of parents.
        Guid? organisation = serving.OrganisationId;
        for (var height = 0; organisation is not null && height < 20; height++)
        {
            var found = posts.Where(p => p.Role == serving.Role && p.OrganisationId == organisation && map.PostOf(p).IsFor(serving.Matter)).Select(p => p.AccountId).ToList();
            if (found.Count > 0)
            {
                return found;
            }

            organisation = map.Above.GetValueOrDefault(organisation.Value);
        }

        return [];
    }
}
