using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Owners;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Access;

/// <summary>
/// Whom a text plainly complains about, where its reporter did not say so in the form: few people know that there is a field for it, and
/// those concerned must not be the first to read it. What it finds can be undone by a dispatcher who was not concerned.
/// </summary>
internal sealed class FindConcerned(LinliDb db)
{
    public async Task<(Organisation? Organisation, string? Person)> InAsync(string text, CancellationToken cancellation)
    {
        if (!Complaint.IsLikely(text))
        {
            return default;   // nearly every report: nothing is read
        }

        var organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).ToListAsync(cancellation);
        var names = await db.Set<Account>().AsNoTracking().Where(a => a.IsActive && text.Contains(a.Name)).Select(a => a.Name).Distinct().ToListAsync(cancellation);
        return (Complaint.In(text, organisations)?.Organisation, Complaint.PersonIn(text, names));
    }
}
