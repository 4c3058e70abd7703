using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>Lays a checked draft over the catalogue that is there. Nothing is deleted that an old request may point at.</summary>
internal sealed class CatalogueMerge(LinliDb db, DateOnly today)
{
    public async Task ApplyAsync(CatalogueDraft draft, IReadOnlyDictionary<string, Guid> organisations, CancellationToken cancellation)
    {
        var groups = await db.Set<ServiceGroup>().ToDictionaryAsync(g => g.Code, cancellation);
        foreach (var group in draft.Groups)
        {
            Lay(groups, group.Code, group);
        }

        Retire(groups.Values.ExceptBy(draft.Groups.Select(g => g.Code), g => g.Code), g => g.IsActive = false);

        var types = await db.Set<ServiceType>().ToDictionaryAsync(t => t.Code, cancellation);
        foreach (var type in draft.Types)
        {
            Lay(types, type.Code, type);
        }

        Retire(types.Values.ExceptBy(draft.Types.Select(t => t.Code), t => t.Code), t => t.IsActive = false);

        var reasons = await db.Set<ReasonCode>().ToDictionaryAsync(r => (r.Kind, r.Code), cancellation);
        foreach (var reason in draft.Reasons)
        {
            Lay(reasons, (reason.Kind, reason.Code), reason);
        }

        Retire(reasons.Values.ExceptBy(draft.Reasons.Select(r => (r.Kind, r.Code)), r => (r.Kind, r.Code)), r => r.IsActive = false);
        LayResponsibilities(draft.Responsibilities, organisations, await db.Set<Responsibility>().ToListAsync(cancellation));
    }

    /// <summary>A line that is gone or names somebody else now is ended yesterday, its successor begins today: old dates keep their answer.</summary>
    private void LayResponsibilities(IReadOnlyList<ResponsibilityRow> rows, IReadOnlyDictionary<string, Guid> organisations, List<Responsibility> known)
    {
        var byKey = known.ToLookup(KeyOf);
        var kept = new HashSet<Responsibility>();
        var fresh = new List<ResponsibilityRow>();
        foreach (var row in rows)
        {
            var same = byKey[KeyOf(row)].FirstOrDefault(k => !kept.Contains(k) && k.OrganisationId == organisations[row.Organisation]
                && (row.From is null || k.From == row.From) && (!HasEnded(k) || k.Until == row.Until));
            if (same is null)
            {
                fresh.Add(row);
                continue;
            }

            kept.Add(same);
            (same.Until, same.Source) = (row.Until, row.Source);
        }

        foreach (var gone in known.Where(k => !kept.Contains(k) && !HasEnded(k)))
        {
            if (gone.From is null || gone.From < today)
            {
                gone.Until = today.AddDays(-1);
            }
            else
            {
                db.Remove(gone); // never held
            }
        }

        foreach (var row in fresh)
        {
            db.Add(new Responsibility
            {
                ServiceTypeCode = row.Type, GroupCode = row.Group, AreaCode = row.Area, IsNightDuty = row.IsNight, Site = row.Site, HoursFrom = row.HoursFrom, HoursUntil = row.HoursUntil, OrganisationId = organisations[row.Organisation],
                From = row.From ?? (byKey.Contains(KeyOf(row)) ? today : null), Until = row.Until, Source = row.Source,
            });
        }
    }

    private bool HasEnded(Responsibility line) => line.Until < today;

    private void Lay<TKey, TEntity>(Dictionary<TKey, TEntity> known, TKey key, TEntity wanted) where TKey : notnull where TEntity : class
    {
        if (known.TryGetValue(key, out var there))
        {
            db.Entry(there).CurrentValues.SetValues(wanted);
        }
        else
        {
            db.Add(wanted);
        }
    }

    private static void Retire<TEntity>(IEnumerable<TEntity> gone, Action<TEntity> retire)
    {
        foreach (var entity in gone)
        {
            retire(entity);
        }
    }

    private static (string?, string?, string, bool, string?, TimeOnly?, TimeOnly?) KeyOf(Responsibility line) =>
        (line.ServiceTypeCode, line.GroupCode, line.AreaCode, line.IsNightDuty, line.Site, line.HoursFrom, line.HoursUntil);

    private static (string?, string?, string, bool, string?, TimeOnly?, TimeOnly?) KeyOf(ResponsibilityRow row) =>
        (row.Type, row.Group, row.Area, row.IsNight, row.Site, row.HoursFrom, row.HoursUntil);
}
