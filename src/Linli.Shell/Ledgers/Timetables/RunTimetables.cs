using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Ledgers.Timetables;

/// <summary>Asks for the ledgers whose time has come, in the name of their owners. Bears that other instances do the same.</summary>
internal sealed class RunTimetables(LinliDb db, LoadActor actors, PlanLedger plans, Notify notify, IOptions<LedgersOptions> options, TimeProvider clock)
{
    private const int Batch = 100;

    public async Task HandleAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var due = await db.Set<Ledger>().AsNoTracking().Where(l => l.NextAt != null && l.NextAt <= now).OrderBy(l => l.NextAt).Take(Batch).Select(l => l.Id).ToListAsync(cancellation);
        foreach (var id in due)
        {
            try
            {
                await OneAsync(id, now, cancellation);
            }
            catch (DbUpdateException)
            {
                // another instance was faster
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task OneAsync(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        var ledger = await db.Set<Ledger>().SingleOrDefaultAsync(l => l.Id == id && l.NextAt != null && l.NextAt <= now, cancellation);
        if (ledger is null)
        {
            return;
        }

        var (at, day) = (ledger.NextAt!.Value, ledger.NextDay!.Value);
        var owner = await actors.FindAsync(ledger.OwnerId, null, cancellation);
        var mayStill = owner is { Actor.IsStaff: true } && plans.SourceOf(owner.Actor, ledger.Read().Source) is not null;
        if (mayStill)
        {
            db.Add(new LedgerExport
            {
                AccountId = ledger.OwnerId, LedgerId = ledger.Id, Name = ledger.Name, Definition = ledger.Definition, Format = ledger.TimetableFormat,
                Language = SheetLanguage.Of(ledger.Read(), owner!.Language == "en"), Day = day, ScheduledFor = at, AskedAt = now, ExpiresAt = now.AddDays(options.Value.KeptDays),
            });
        }
        else
        {
            ledger.IsStopped = true;   // never after the post has ended, and not by itself when another begins
            await notify.HandleAsync(new Notification([Recipients.Person(ledger.OwnerId)], new NoticeText("台账“{0}”不再按时生成：您现在没有可以看它的岗位。", ledger.Name), "/work/ledgers"), null, cancellation);
        }

        ledger.Version++;
        NextTime.Set(ledger, LocalTime.Of(now), await plans.CalendarAsync(cancellation));
        await db.CommitAsync(Act.BySystem(mayStill ? "ledgers.run-timetable" : "ledgers.stop-timetable", now, $"{ledger.Id}"), cancellation);
    }
}
