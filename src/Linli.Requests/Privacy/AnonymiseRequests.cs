using System.Security.Cryptography;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Search;
using Linli.Requests.Suggestions;
using Linli.Shell.Accounts;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>A request whose time is over, or whose reporter wants it gone.</summary>
internal sealed record DueRequest(Guid Id, string Number, string ServiceTypeCode, DateTimeOffset EndedAt, int Months, bool IsAskedFor);

/// <summary>
/// 去除个人内容: what could tell whose a request was goes; what is counted stays: type, area, organisations, times, steps, clocks, grades. The
/// request becomes a tombstone, so that every figure is the same the day after.
/// </summary>
internal sealed class AnonymiseRequests(LinliDb db, CatalogueReader catalogue, EvidenceRemoval removal, BlindIndex index, IOptions<PrivacyOptions> options, ILogger<AnonymiseRequests> log, TimeProvider time)
{
    private const int MostAtOnce = 2_000;
    private const int MostOfOneName = 10;
    private static readonly RequestState[] Ended = [RequestState.Closed, RequestState.Declined, RequestState.Withdrawn];

    /// <summary>Words of handlers that everybody could read; all other words may be about the reporter.</summary>
    private static readonly Step[] Kept = [Step.Resolve, Step.VerifyPass, Step.VerifyFail, Step.Pause, Step.GrantPause, Step.Decline, Step.Merge];

    /// <summary>Shown in place of what was written.</summary>
    public static string Tombstone => Texts.Pick("内容已按保存期限删除。", "The content was deleted when its time was over.");

    /// <returns>How many requests became tombstones.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var due in await DueAsync(cancellation))
        {
            db.ChangeTracker.Clear();
            try
            {
                await AnonymiseAsync(due, cancellation);
                count++;
            }
            catch (DbUpdateConcurrencyException)
            {
                log.LogInformation("Request {Number} changed while it was anonymised; the next night looks again", due.Number);
            }
        }

        if (count > 0)
        {
            await db.Dialect.ForgetAsync(db.Database, isThorough: false, cancellation);
        }

        return count;
    }

    /// <summary>What is due now, longest ended first; nothing that is open, on hold, or follows something that is.</summary>
    public async Task<IReadOnlyList<DueRequest>> DueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ended = db.Set<ServiceRequest>().AsNoTracking().Where(r => r.AnonymisedAt == null
            && (Ended.Contains(r.State) || (r.State == RequestState.Merged && db.Set<ServiceRequest>().Any(l => l.Id == r.MergedIntoId && Ended.Contains(l.State))))
            && !db.Set<LegalHold>().Any(h => h.LiftedAt == null && (h.RequestId == r.Id || h.RequestId == r.MergedIntoId)));
        var due = await ended.Where(r => r.DeletionDueAt <= now).OrderBy(r => r.UpdatedAt).ThenBy(r => r.Id).Take(MostAtOnce)
            .Select(r => new DueRequest(r.Id, r.Number, r.ServiceTypeCode, r.UpdatedAt, 0, true)).ToListAsync(cancellation);
        foreach (var type in await db.Set<ServiceType>().AsNoTracking().OrderBy(t => t.Code).ToListAsync(cancellation))
        {
            var months = MonthsOf(type);
            var limit = now.AddMonths(-months);
            due.AddRange(await ended.Where(r => r.ServiceTypeCode == type.Code && r.UpdatedAt < limit && !db.Set<ServiceRequest>().Any(l => l.Id == r.MergedIntoId && l.UpdatedAt >= limit))
                .OrderBy(r => r.UpdatedAt).ThenBy(r => r.Id).Take(MostAtOnce).Select(r => new DueRequest(r.Id, r.Number, r.ServiceTypeCode, r.UpdatedAt, months, false)).ToListAsync(cancellation));
        }

        return [.. due.DistinctBy(d => d.Id).OrderBy(d => d.EndedAt).ThenBy(d => d.Number, StringComparer.Ordinal)];
    }

    public int MonthsOf(ServiceType type) => type.IsSensitive ? Math.Min(type.RetentionMonths, options.Value.SensitiveMonths) : type.RetentionMonths;

    private async Task AnonymiseAsync(DueRequest due, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUniversalTime();
        var act = Act.BySystem(due.IsAskedFor ? "privacy.delete" : "privacy.anonymise", now, due.Number);
        var gone = await TakeFilesOutAsync(due.Id, cancellation);
        var request = await db.Set<ServiceRequest>().Include(r => r.Events).Include(r => r.Tasks).Include(r => r.TimeRequests).Include(r => r.Originals).Include(r => r.Contact)
            .AsSplitQuery().SingleAsync(r => r.Id == due.Id, cancellation);
        var type = await catalogue.TypeAsync(request.ServiceTypeCode, cancellation);
        if (request.Contact is { } contact)
        {
            db.Remove(contact);
        }

        await KeepOutAsync(request, cancellation);
        db.RemoveRange(request.Originals);
        Empty(request, type, now);
        foreach (var taken in request.Events)
        {
            Empty(taken);
        }

        foreach (var task in request.Tasks)
        {
            (task.Title, task.Result) = ("子任务", task.Result is null ? null : "");
        }

        request.TimeRequests.ForEach(asked => asked.Reason = "");
        foreach (var look in await db.Set<Unmasking>().Where(u => u.RequestId == due.Id).ToListAsync(cancellation))
        {
            (look.Reason, look.DecisionReason) = ("", null);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<SuggestionRecord>().Where(s => s.RequestId == due.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Why, ""), cancellation);
        await db.CommitAsync(act, cancellation);
        await transaction.CommitAsync(cancellation);
        await removal.ForgetBytesAsync(gone, cancellation);
    }

    /// <summary>The name goes, 回避 stays: those of the staff who are or were called so are out of the tombstone, and of the log about it, by their accounts.</summary>
    private async Task KeepOutAsync(ServiceRequest request, CancellationToken cancellation)
    {
        if (request.AboutPersonIndex is { } about)
        {
            var staff = await db.Set<Account>().Select(a => new { a.Id, a.Name, a.FormerNames }).ToListAsync(cancellation);
            staff.Where(a => a.FormerNames.Prepend(a.Name).Any(n => index.OfName(n) == about)).Take(MostOfOneName).ToList().ForEach(a => request.Recuse(a.Id));
        }
    }

    private static void Empty(ServiceRequest request, ServiceType type, DateTimeOffset now)
    {
        (request.Title, request.Text, request.Address, request.Answers) = (type.NameZh, "", null, "{}");
        (request.Longitude, request.Latitude) = (null, null);   // the area stays: it is what is counted by
        request.SearchText = SearchText.Of(type.NameZh, type.NameEn);
        request.SecretHash = "k" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));   // has the form of one, and no code fits
        request.IdempotencyHash = SecretCode.HashOfKey(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        request.ReportedByAccount = null;
        (request.AboutPerson, request.AboutPersonIndex) = (null, null);
        (request.AnonymisedAt, request.DeletionDueAt) = (now, null);
    }

    private static void Empty(RequestEvent taken)
    {
        taken.InternalText = null;
        if (taken.Actor == ActorKind.Resident || !Kept.Contains(taken.Step))
        {
            taken.Text = null;
        }

        if (taken.Step == Step.Import)
        {
            taken.Details = null;
        }

        if (taken.Actor == ActorKind.Resident)
        {
            (taken.ActorName, taken.ActorId) = (Actor.Anonymous.Name, Guid.Empty);
        }
    }

    /// <summary>What the reporter sent, and every document; photos of the result stay.</summary>
    private async Task<FilesToForget> TakeFilesOutAsync(Guid request, CancellationToken cancellation)
    {
        var photos = await (
            from photo in db.Set<RequestPhoto>()
            join file in db.Set<EvidenceFile>() on photo.EvidenceId equals file.Id
            where photo.RequestId == request && (photo.IsFromReporter || !file.ContentType.StartsWith("image/"))
            select photo).ToListAsync(cancellation);
        db.RemoveRange(photos);
        return await removal.TakeOutAsync([.. photos.Select(p => p.EvidenceId)], cancellation);
    }
}
