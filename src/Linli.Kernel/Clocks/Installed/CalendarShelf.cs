using System.Collections.Concurrent;
using Linli.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Clocks;

/// <summary>
/// Keeps the calendars of the installation in memory, built aside and swapped in one step. Each scope asks once (<see cref="CalendarsInForce"/>) whether they have changed,
/// so that every instance goes by a change with its next call.
/// </summary>
public sealed class CalendarShelf
{
    private const int MostOld = 8;
    private static readonly Lazy<WorkCalendars> Shipped = new(WorkCalendars.Shipped);
    private readonly ConcurrentDictionary<string, InstalledCalendars> _old = new();
    private volatile Kept? _kept;

    /// <summary>The calendars as they are now: one row by its key, and more only after a change.</summary>
    public async Task<InstalledCalendars> TakeAsync(LinliDb db, CancellationToken cancellation)
    {
        var state = $"{await db.StampAsync(ChangeStamp.Calendars, cancellation)} {await db.StampAsync(ChangeStamp.Map, cancellation)}";
        if (_kept is { } kept && kept.State == state)
        {
            return kept.Calendars;
        }

        var newest = await Newest(db.Set<CalendarVersion>().AsNoTracking()).OrderBy(v => v.Code).ToListAsync(cancellation);
        var organisations = CalendarsOf(await db.Set<Organisation>().AsNoTracking().Select(o => new Row(o.Id, o.ParentId, o.CalendarCode)).ToListAsync(cancellation));
        var isSame = _kept is { } last && newest.Count == last.Calendars.Versions.Count && newest.All(v => last.Calendars.VersionOf(v.Code) == v.Version);
        var read = isSame ? _kept!.Calendars.For(organisations) : InstalledCalendars.Of(Shipped.Value, newest, organisations);
        _kept = new Kept(state, read);
        return read;
    }

    /// <summary>The calendars as they were at an earlier moment, with the shipped files as they are now.</summary>
    public async Task<InstalledCalendars> AsOfAsync(LinliDb db, DateTimeOffset at, CancellationToken cancellation)
    {
        var then = at.ToUniversalTime();
        var newest = await Newest(db.Set<CalendarVersion>().AsNoTracking().Where(v => v.At <= then)).OrderBy(v => v.Code).ToListAsync(cancellation);
        if (_old.Count >= MostOld)
        {
            _old.Clear();
        }

        return _old.GetOrAdd(string.Join(' ', newest.Select(v => $"{v.Code}:{v.Version}")), _ => InstalledCalendars.Of(Shipped.Value, newest, new Dictionary<Guid, string>()));
    }

    private static IQueryable<CalendarVersion> Newest(IQueryable<CalendarVersion> versions) =>
        versions.Where(v => !versions.Any(o => o.Code == v.Code && o.Version > v.Version));

    private static Dictionary<Guid, string> CalendarsOf(List<Row> organisations)
    {
        var all = organisations.ToDictionary(o => o.Id);
        var found = new Dictionary<Guid, string>();
        if (organisations.TrueForAll(o => o.Calendar is null))
        {
            return found;
        }

        foreach (var organisation in organisations)
        {
            // Bounded, should somebody ever make a circle of parents.
            var above = organisation;
            for (var height = 0; above is not null && height < 20; height++)
            {
                if (above.Calendar is { } code)
                {
                    found[organisation.Id] = code;
                    break;
                }

                above = above.Parent is { } parent ? all.GetValueOrDefault(parent) : null;
            }
        }

        return found;
    }

    private sealed record Row(Guid Id, Guid? Parent, string? Calendar);

    private sealed record Kept(string State, InstalledCalendars Calendars);
}
