using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>回避 in notices: whoever belongs to the organisation that a request is about is never told of it.</summary>
internal sealed class ConcernedFilter(LinliDb db, FindRecipients find)
{
    /// <param name="to">Who would be told.</param>
    /// <param name="organisation">The organisation that the request is about.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<Recipients>> WithoutAsync(IReadOnlyList<Recipients> to, Guid? organisation, CancellationToken cancellation)
    {
        if (organisation is not { } about || to.Count == 0)
        {
            return to;
        }

        var concerned = new HashSet<Guid> { about };
        for (var below = concerned.ToList(); below.Count > 0;)
        {
            below = await db.Set<Organisation>().Where(o => o.ParentId != null && below.Contains(o.ParentId.Value)).Select(o => o.Id).ToListAsync(cancellation);
            below.RemoveAll(o => !concerned.Add(o));
        }

        var accounts = await find.HandleAsync(to, cancellation);
        var barred = await db.Set<Appointment>().Where(a => a.OrganisationId != null && concerned.Contains(a.OrganisationId.Value) && accounts.Contains(a.AccountId))
            .Select(a => a.AccountId).ToListAsync(cancellation);
        return [new Recipients.Accounts([.. accounts.Except(barred)])];
    }
}
