using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Requests.Notices;
using Linli.Requests.Privacy;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>
/// Tells those who hold clocks that a corrected calendar has moved, and reporters whose promised time moved: one notice each, summing up.
/// Moves are claimed and told in one transaction, so that each is told once, also by several instances and after a crash.
/// </summary>
internal sealed class TellOfMovedDues(LinliDb db, Notify notify, FindRecipients find, ConcernedFilter concerned, QueueMail mail, ContactVault contacts, TimeProvider time)
{
    private const int MostNamed = 5;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!await db.Set<ClockMove>().AnyAsync(m => m.ToldAt == null, cancellation))
        {
            return;
        }

        var now = time.GetUtcNow().ToUniversalTime();
        var telling = Guid.CreateVersion7();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var claimed = await db.Set<ClockMove>().Where(m => m.ToldAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ToldAt, now).SetProperty(m => m.Telling, telling), cancellation);
        if (claimed > 0)
        {
            var moved = await MovedAsync(telling, cancellation);
            await TellStaffAsync(moved, cancellation);
            await WriteToReportersAsync(moved, cancellation);
            await db.CommitAsync(Act.BySystem("requests.tell-moved-dues", now), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    /// <summary>Clocks that are still open and due at another time than before the first of these moves.</summary>
    private async Task<List<Moved>> MovedAsync(Guid telling, CancellationToken cancellation)
    {
        var silent = ClockRules.RunsOutInto.Keys.ToList();
        var rows = await db.Set<ClockMove>().AsNoTracking().Where(m => m.Telling == telling)
            .Join(db.Set<RequestClock>().Where(c => c.State == ClockState.Running && !silent.Contains(c.Kind)), m => m.ClockId, c => c.Id, (m, c) => new { m.Id, m.Before, c.Kind, Clock = c.Id, c.DueAt, c.RequestId })
            .Join(db.Set<ServiceRequest>(), m => m.RequestId, r => r.Id, (m, r) => new { m.Id, m.Clock, m.Before, m.DueAt, m.Kind, Request = r })
            .OrderBy(m => m.Id).ToListAsync(cancellation);
        return [.. rows.GroupBy(m => m.Clock).Select(g => new Moved(g.First().Request, g.First().Kind, g.First().Before, g.First().DueAt)).Where(m => m.Before != m.After)];
    }

    private async Task TellStaffAsync(List<Moved> moved, CancellationToken cancellation)
    {
        var told = new Dictionary<Guid, List<Moved>>();
        foreach (var same in moved.GroupBy(m => (m.Kind, m.Request.Matter, m.Request.LeadOrganisationId, m.Request.Concern, m.Request.ReportedByAccount)))
        {
            List<Recipients> to = [TellOfClocks.HolderOf(same.Key.Kind, same.Key.Matter, same.Key.LeadOrganisationId)];
            if (same.Key.ReportedByAccount is { } reporter && IsPromised(same.Key.Kind))
            {
                to.Add(Recipients.Person(reporter));
            }

            foreach (var account in await find.HandleAsync(await concerned.WithoutAsync(to, same.Key.Concern, cancellation), cancellation))
            {
                if (!told.TryGetValue(account, out var theirs))
                {
                    told[account] = theirs = [];
                }

                theirs.AddRange(same);
            }
        }

        foreach (var (account, theirs) in told)
        {
            var one = theirs.Count == 1 ? theirs[0] : null;
            await notify.HandleAsync(
                one is not null
                    ? new Notification([Recipients.Person(account)],
                        new NoticeText("工作日历有更正：诉求 {0} 的{1}由 {2:yyyy-MM-dd HH:mm} 改为 {3:yyyy-MM-dd HH:mm}。", one.Request.Number, LifeTexts.Of(one.Kind), one.Before, one.After),
                        $"/work/requests/{one.Request.Number}", one.Request.Number, one.Request.Number)
                    : new Notification([Recipients.Person(account)],
                        new NoticeText("工作日历有更正：与您有关的 {0} 件诉求到期时间有变动（{1}）。", theirs.DistinctBy(m => m.Request.Id).Count(), Named(theirs)), "/work"),
                null, cancellation);
        }
    }

    private async Task WriteToReportersAsync(List<Moved> moved, CancellationToken cancellation)
    {
        if (!mail.IsOn)
        {
            return;
        }

        var promised = moved.Where(m => IsPromised(m.Kind)).GroupBy(m => m.Request.Id).ToDictionary(g => g.Key, g => g.First());
        foreach (var part in promised.Keys.Chunk(500))
        {
            var written = await db.Set<ServiceRequest>().AsNoTracking().Where(r => part.Contains(r.Id) || (r.MergedIntoId != null && part.Contains(r.MergedIntoId.Value)))
                .Join(db.Set<ReporterContact>().Where(c => c.Email != null), r => r.Id, c => c.RequestId, (r, c) => new { r.Id, r.Number, r.MergedIntoId, c.Email, c.EmailIndex, c.Language })
                .OrderBy(c => c.Number).ToListAsync(cancellation);
            foreach (var reader in written.GroupBy(c => (c.EmailIndex, c.Language)))
            {
                var first = reader.First();
                var to = contacts.EmailOf(first.Id, first.Email)!;
                var move = promised.GetValueOrDefault(first.Id) ?? promised[first.MergedIntoId!.Value];
                mail.Queue(reader.Count() == 1
                    ? new Letter(to, first.Language, new NoticeText("因工作日历更正，您的诉求 {0} 的办结时间由 {1:yyyy-MM-dd HH:mm} 改为 {2:yyyy-MM-dd HH:mm}。", first.Number, move.Before, move.After),
                        $"/track/{first.Number}", first.Number, first.Number)
                    : new Letter(to, first.Language, new NoticeText("因工作日历更正，您的 {0} 件诉求的办结时间有变动（{1}），请在各诉求的页面查看。", reader.Count(), Named(reader.Select(c => c.Number))), "/track"));
            }
        }
    }

    private static bool IsPromised(ClockKind kind) => kind is ClockKind.Resolve or ClockKind.Rectify;

    private static string Named(List<Moved> moved) => Named(moved.OrderBy(m => m.After).Select(m => m.Request.Number).Distinct());

    private static string Named(IEnumerable<string> numbers)
    {
        var all = numbers.ToList();
        return string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? " …" : "");
    }

    private sealed record Moved(ServiceRequest Request, ClockKind Kind, DateTimeOffset Before, DateTimeOffset After);
}
