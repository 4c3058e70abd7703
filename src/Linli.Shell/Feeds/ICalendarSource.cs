using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Feeds;

/// <summary>
/// One entry of somebody's calendar. It is read with nothing but a secret address, often by a foreign company's servers: numbers and types alone,
/// never a resident's words.
/// </summary>
/// <param name="Id">Stays the same while the entry does.</param>
/// <param name="To">Null for a moment.</param>
/// <param name="Link">Path inside Linli.</param>
/// <param name="ChangedAt">When it was last changed.</param>
public sealed record CalendarEntry(string Id, string Title, DateTimeOffset From, DateTimeOffset? To, string Link, DateTimeOffset ChangedAt);

/// <summary>What a module puts into the calendars of staff.</summary>
public interface ICalendarSource
{
    Task<IReadOnlyList<CalendarEntry>> OfAsync(Actor actor, CancellationToken cancellation);
}

/// <summary>代班 and posts that end: when somebody is on duty for whom.</summary>
internal sealed class Duties(Kernel.LinliDb db, Texts texts, TimeProvider clock) : ICalendarSource
{
    public async Task<IReadOnlyList<CalendarEntry>> OfAsync(Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var posts = await (from p in db.Set<Appointment>().AsNoTracking().Where(p => p.AccountId == actor.Id && p.Until != null && p.Until > now)
                           join o in db.Set<Appointment>() on p.DeputyOf equals o.Id into origins
                           from o in origins.DefaultIfEmpty()
                           join a in db.Set<Account>() on o.AccountId equals a.Id into owners
                           from a in owners.DefaultIfEmpty()
                           orderby p.From, p.Id
                           select new { p.Id, p.Role, p.From, Until = p.Until!.Value, Owner = a == null ? null : a.Name, OwnerEn = a == null ? null : a.NameEn }).Take(200).ToListAsync(cancellation);
        return
        [
            .. posts.Select(p => p.Owner is { } owner
                ? new CalendarEntry($"duty-{p.Id:N}", texts["代班：{0}的{1}岗位", Texts.Pick(owner, p.OwnerEn), RoleName.Show(p.Role)], p.From, p.Until, "/me", p.From)
                : new CalendarEntry($"post-{p.Id:N}", texts["{0}岗位到期", RoleName.Show(p.Role)], p.Until, null, "/me", p.From)),
        ];
    }
}
