using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>回避 in notices: whoever a request is about, and who else is out of it, is never told of it.</summary>
internal sealed class ConcernedFilter(LinliDb db, FindRecipients find, BlindIndex index)
{
    /// <param name="to">Who would be told.</param>
    /// <param name="concern">Who may not be.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<Recipients>> WithoutAsync(IReadOnlyList<Recipients> to, Concern concern, CancellationToken cancellation)
    {
        if (concern.IsNobody || to.Count == 0)
        {
            return to;
        }

        var accounts = await find.HandleAsync(to, cancellation);
        return [new Recipients.Accounts([.. accounts.Except(await AmongAsync(accounts, concern, cancellation))])];
    }

    /// <summary>Those of these accounts who are concerned.</summary>
    public async Task<IReadOnlyList<Guid>> AmongAsync(IReadOnlyList<Guid> accounts, Concern concern, CancellationToken cancellation)
    {
        var barred = concern.Accounts.Intersect(accounts).ToHashSet();
        if (concern.Organisation is { } about)
        {
            var concerned = await AtOrBelowAsync(about, cancellation);
            barred.UnionWith(await db.Set<Appointment>().Where(a => a.OrganisationId != null && concerned.Contains(a.OrganisationId.Value) && accounts.Contains(a.AccountId))
                .Select(a => a.AccountId).ToListAsync(cancellation));
        }

        if (concern.Person is { } name)
        {
            var names = await db.Set<Account>().Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.FormerNames }).ToListAsync(cancellation);
            barred.UnionWith(names.Where(a => a.FormerNames.Prepend(a.Name).Any(n => index.OfName(n) == name)).Select(a => a.Id));
        }

        return [.. barred];
    }

    private async Task<HashSet<Guid>> AtOrBelowAsync(Guid organisation, CancellationToken cancellation)
    {
        var found = new HashSet<Guid> { organisation };
        for (var below = found.ToList(); below.Count > 0;)
        {
            below = await db.Set<Organisation>().Where(o => o.ParentId != null && below.Contains(o.ParentId.Value)).Select(o => o.Id).ToListAsync(cancellation);
            below.RemoveAll(o => !found.Add(o));
        }

        return found;
    }
}
