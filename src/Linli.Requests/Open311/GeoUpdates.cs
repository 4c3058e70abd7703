using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Shell.Clients;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Open311;

/// <summary>The extension "service request updates": the steps of public requests as everybody may read them, and words added by the client that sent a request in.</summary>
internal sealed class GeoUpdates(LinliDb db, AddNote notes, MediaOfReport media, Texts texts, TimeProvider time)
{
    /// <summary>Steps whose words are meant for everybody; what residents write is not.</summary>
    private static readonly Step[] Spoken = [Step.Resolve, Step.VerifyPass, Step.VerifyFail, Step.Pause, Step.GrantPause, Step.Decline];

    /// <summary>Steps whose photos are shown to everybody.</summary>
    private static readonly Step[] Shown = [Step.Report, Step.Resolve];

    /// <summary>The last words that a handler said of each.</summary>
    public static async Task<Dictionary<Guid, string>> LastWordsAsync(LinliDb db, List<Guid> ids, CancellationToken cancellation)
    {
        var said = await db.Set<RequestEvent>().AsNoTracking().Where(e => ids.Contains(e.RequestId) && e.Text != null && Spoken.Contains(e.Step))
            .Select(e => new { e.RequestId, e.Sequence, e.Text }).ToListAsync(cancellation);
        return said.GroupBy(e => e.RequestId).ToDictionary(g => g.Key, g => PersonalNumbers.Mask(g.MaxBy(e => e.Sequence)!.Text!));
    }

    /// <summary>The photos of requests that everybody sees, in the order in which they came.</summary>
    public static Task<List<ShownPhoto>> PhotosAsync(LinliDb db, List<Guid> ids, CancellationToken cancellation) => (
        from photo in db.Set<RequestPhoto>().AsNoTracking().Where(p => ids.Contains(p.RequestId))
        join file in db.Set<EvidenceFile>() on photo.EvidenceId equals file.Id
        join taken in db.Set<RequestEvent>() on new { photo.RequestId, Sequence = photo.EventSequence } equals new { taken.RequestId, taken.Sequence }
        where file.Scan != ScanState.Held && file.Scan != ScanState.Infected && file.ContentType.StartsWith("image/") && Shown.Contains(taken.Step)
        orderby photo.EventSequence, photo.EvidenceId
        select new ShownPhoto(photo.RequestId, photo.EventSequence, file.Id)).ToListAsync(cancellation);

    public async Task<Outcome<GeoAnswer>> ListAsync(GeoParameters given, string host, CancellationToken cancellation)
    {
        var (start, end) = (given.Time("start_date"), given.Time("end_date"));
        var numbers = given.List("service_request_id");
        var (page, size) = (given.Number("page", 1, 1_000_000) ?? 1, given.Number("page_size", 1, GeoRequests.Most) ?? GeoRequests.Most);
        if (numbers.Count > GeoRequests.Most)
        {
            given.Problems.Add(new("service_request_id", "一次最多 {0} 个，现在是 {1} 个。请分几次查。", GeoRequests.Most, numbers.Count));
        }

        if (start > end)
        {
            given.Problems.Add(new("end_date", "结束时间早于开始时间。请核对。"));
        }

        if (given.Problems.Count > 0)
        {
            return new Failure.Invalid(given.Problems);
        }

        var since = start ?? (end ?? time.GetUtcNow()) - GeoRequests.Span;
        var until = end is { } last && last - since <= GeoRequests.Span ? last : since + GeoRequests.Span;
        var requests = db.Set<ServiceRequest>().AsNoTracking().VisibleToAll();
        requests = given.Part.Length > 0 ? requests.Where(r => r.AreaCode != null && r.AreaCode.StartsWith(given.Part)) : requests;
        requests = numbers.Count > 0 ? requests.Where(r => numbers.Contains(r.Number)) : requests;
        var rows = await (from e in db.Set<RequestEvent>().AsNoTracking()
                          join r in requests on e.RequestId equals r.Id
                          where (numbers.Count > 0 || (e.At >= since && e.At <= until))
                              && !ReadRequest.AmongStaff.Contains(e.Step) && !(e.Step == Step.Note && e.Text == null && e.Actor == ActorKind.Staff)
                          orderby e.At, r.Id, e.Sequence
                          select new { r.Number, Event = e, IsAnonymised = r.AnonymisedAt != null }).Skip((page - 1) * size).Take(size).ToListAsync(cancellation);
        var photos = (await PhotosAsync(db, [.. rows.Select(r => r.Event.RequestId).Distinct()], cancellation)).ToLookup(p => (p.Request, p.Sequence), p => p.File);
        return GeoAnswer.Of("service_request_updates", "request_update", rows.Select(r => new GeoRecord()
            .With("update_id", $"{r.Number}-{r.Event.Sequence}").With("service_request_id", r.Number).With("status", GeoRequests.StatusOf(r.Event.To)).With("updated_datetime", r.Event.At)
            .With("description", Spoken.Contains(r.Event.Step) && !r.IsAnonymised && r.Event.Text is { } text ? PersonalNumbers.Mask(text) : texts[LifeTexts.Of(r.Event.Step).Key])
            .With("media_url", photos[(r.Event.RequestId, r.Event.Sequence)].Select(id => $"{host}/files/{id}").FirstOrDefault() ?? "")));
    }

    /// <summary>Adds words in the reporter's name. Sent again with the same update_id it is there once.</summary>
    public async Task<Outcome<GeoAnswer>> AddAsync(GeoParameters given, ApiClient client, HttpRequest call, CancellationToken cancellation)
    {
        var (number, update, words, status) = (given["service_request_id"], given["update_id"], given["description"], given["status"]);
        if (number is null)
        {
            given.Problems.Add(new("service_request_id", "请带上诉求的编号。"));
        }

        if (update is null or { Length: > 100 })
        {
            given.Problems.Add(new("update_id", "请带上您那边的编号，最多 {0} 个字符：重发时凭它认出是同一条。", 100));
        }

        if (given.Problems.Count > 0)
        {
            return new Failure.Invalid(given.Problems);
        }

        var source = GeoReports.SourceOf(client);
        var request = await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Number == number && r.ExternalSource == source).Select(r => new { r.Id, r.State }).SingleOrDefaultAsync(cancellation);
        if (request is null)
        {
            return new Failure.NotFound("您没有送来过编号为“{0}”的诉求。只能给自己送来的诉求补充情况。", Steps.Check.Short(number!));
        }

        if (status is not null && !status.Equals(GeoRequests.StatusOf(request.State), StringComparison.OrdinalIgnoreCase))
        {
            return new Failure.Invalid("status", "这件诉求现在是 {0}，补充情况不能改变它。请去掉 status，或写 {0}。", GeoRequests.StatusOf(request.State));
        }

        var mark = new NoteMark(client.Id, update!);
        var written = mark.Write();
        if (!await db.Set<RequestEvent>().AnyAsync(e => e.RequestId == request.Id && e.Step == Step.Note && e.Details == written, cancellation))
        {
            var caller = new Caller(client.AsReporter(), new HashSet<Guid> { request.Id });
            var files = await media.TakeAsync(given, call, caller.Actor, cancellation);
            if (!files.Succeeded)
            {
                return files.Failure;
            }

            // What could not be fetched is told to whoever reads the update: there is no other place for it.
            var text = files.Value.Unfetched is { } link ? string.Join('\n', new[] { words, link }.Where(w => w is not null)) : words;
            var taken = await notes.RunAsync(number!, new AddNote.Input(text, false, files.Value.Kept, null) { Mark = mark }, caller, cancellation);
            if (!taken.Succeeded)
            {
                return taken.Failure;
            }
        }

        return GeoAnswer.Of("service_request_updates", "request_update", [new GeoRecord().With("update_id", update)]);
    }
}

/// <param name="Sequence">Of the event that brought it.</param>
internal sealed record ShownPhoto(Guid Request, int Sequence, Guid File);
