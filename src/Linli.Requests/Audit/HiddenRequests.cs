using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell.Audit;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Audit;

/// <summary>回避 in the audit log: entries about a request that the reader may not see name its number, so they are not for the reader either.</summary>
internal sealed class HiddenRequests(LinliDb db) : IHiddenSubjects
{
    public IQueryable<string> HiddenFrom(Actor reader)
    {
        var seen = db.Set<ServiceRequest>().VisibleTo(reader).Select(r => r.Id);
        return db.Set<ServiceRequest>().Where(r => !seen.Contains(r.Id)).Select(r => r.Number);
    }
}
