using System.Collections.Concurrent;
using System.Collections.Frozen;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>
/// Who stands above whom, remembered per process until the store's <see cref="ChangeStamp.Map"/> changes.
/// A county has a few hundred organisations, and every call of every staff member asks.
/// </summary>
public sealed class OrganisationTree
{
    /// <summary>Stamps are random, so one also tells the stores of several counties in one process apart.</summary>
    private readonly ConcurrentDictionary<Guid, Snapshot> _known = new();

    private const int MaxKnown = 100;

    /// <param name="db">Where to read it when it has changed.</param>
    /// <param name="stamp">The store's stamp now; null for a store without organisations.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Snapshot> AtAsync(LinliDb db, Guid? stamp, CancellationToken cancellation)
    {
        if (stamp is { } asked && _known.TryGetValue(asked, out var known))
        {
            return known;
        }

        var parents = await db.Set<Organisation>().Select(o => new { o.Id, o.ParentId }).ToListAsync(cancellation);
        var root = await db.Set<Area>().Where(a => a.ParentCode == null).OrderBy(a => a.Code).Select(a => a.Code).FirstOrDefaultAsync(cancellation);
        var read = new Snapshot(root, parents.ToLookup(o => o.ParentId, o => o.Id), parents.ToFrozenDictionary(o => o.Id, o => o.ParentId));
        if (stamp is { } state)
        {
            if (_known.Count >= MaxKnown)
            {
                _known.Clear();
            }

            _known[state] = read;
        }

        return read;
    }

    /// <param name="RootArea">Code of the jurisdiction; null before it is founded.</param>
    /// <param name="Below">Children by parent.</param>
    /// <param name="Above">Parent by child.</param>
    public sealed record Snapshot(string? RootArea, ILookup<Guid?, Guid> Below, FrozenDictionary<Guid, Guid?> Above)
    {
        /// <summary>The organisation and everything below it.</summary>
        public IReadOnlyList<Guid> Subtree(Guid organisation)
        {
            // A list that grows while it is read; a set keeps a circle of parents from turning for ever.
            List<Guid> found = [organisation];
            HashSet<Guid> seen = [organisation];
            for (var i = 0; i < found.Count; i++)
            {
                found.AddRange(Below[found[i]].Where(seen.Add));
            }

            return found;
        }

        public Post PostOf(Appointment appointment) => new(
            appointment.Role, appointment.OrganisationId, appointment.AreaCode,
            IsJurisdictionWide: appointment.AreaCode.Length == 0 || appointment.AreaCode == RootArea,
            appointment.OrganisationId is { } organisation ? Subtree(organisation) : [],
            appointment.OrganisationId is { } own ? [own, .. AllAbove(own)] : [],
            appointment.ServiceGroups, appointment.SeesSensitive);

        private IEnumerable<Guid> AllAbove(Guid organisation)
        {
            HashSet<Guid> seen = [organisation];
            for (var next = Above.GetValueOrDefault(organisation); next is { } above && seen.Add(above); next = Above.GetValueOrDefault(above))
            {
                yield return above;
            }
        }
    }
}
