using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Shell.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>
/// In stores from before a county could choose its calendar, every service type names it: that one is the county's then, so that lists
/// say by which calendar clocks really run. Does nothing once the county has one.
/// </summary>
public sealed class FillCountysCalendar(LinliDb db, CalendarShelf shelf, KeepCalendars keep)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var calendars = await shelf.TakeAsync(db, cancellation);
        if (calendars.LayerOf(calendars.Countys).IsCountys)
        {
            return;
        }

        var named = await db.Set<ServiceType>().AsNoTracking().Where(t => t.IsActive).Select(t => t.CalendarCode).Distinct().ToListAsync(cancellation);
        if (named is [{ } only] && only != calendars.Countys && calendars.All.Find(only) is not null)
        {
            await keep.MakeAsync(Actor.System, only, new MakeCountys(), null, cancellation);
        }
    }
}
