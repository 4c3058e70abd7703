using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Evidence;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Privacy;
using Linli.Requests.Steps;
using Linli.Requests.Track;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Read;

/// <summary>Reads one request as the caller may see it: as staff, as its reporter, or as anybody.</summary>
internal sealed class ReadRequest(LinliDb db, StepRunner steps, AreaNames areas, PlaceHints places, Timekeeping timekeeping, OpenParts open, TimeProvider time)
{
    public async Task<Outcome<RequestView>> RunAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var request = await steps.LoadAsync(number, caller, cancellation);
        if (request is null)
        {
            return StepRunner.Unknown(number);
        }

        var parties = RequestAccess.PartiesOf(caller, request);
        var isSeen = RequestAccess.CanSee(caller, request);
        if (!isSeen && !IsPublic(request))
        {
            return StepRunner.Unknown(number);
        }

        var depth = !isSeen ? Depth.Public : (parties & ~(Party.Anyone | Party.Reporter)) != 0 ? Depth.Staff : Depth.Reporter;
        var opened = depth == Depth.Staff ? await open.OfAsync(request.Id, caller.Actor.Id, cancellation) : OpenParts.Opened.None;
        var others = await OthersAsync(request, depth, caller, RequestAccess.IsOnlyInvited(parties), cancellation);
        return await ComposeAsync(request, depth, isSeen ? [.. RequestAccess.StepsOf(caller, request)] : [], opened, others, cancellation, RequestAccess.IsOnlyInvited(parties));
    }

    /// <summary>How the lead of a merged request goes on, for those who follow it: its course, never the words of its reporter; nobody's words when it is not public.</summary>
    public async Task<RequestCourse?> CourseOfAsync(string lead, CancellationToken cancellation) =>
        await steps.LoadAsync(lead, cancellation) is { } request ? RequestCourse.Of(await ComposeAsync(request, Depth.Public, [], OpenParts.Opened.None, Others.None, cancellation), IsPublic(request)) : null;

    private static bool IsPublic(ServiceRequest request) => request.IsPublished && request.Visibility != Visibility.Private && request.State != RequestState.Withdrawn;

    private async Task<RequestView> ComposeAsync(ServiceRequest request, Depth depth, IReadOnlyList<Step> possible, OpenParts.Opened opened, Others others, CancellationToken cancellation, bool isOnlyInvited = false)
    {
        var type = await db.Set<ServiceType>().AsNoTracking().SingleAsync(t => t.Code == request.ServiceTypeCode, cancellation);
        var group = await db.Set<ServiceGroup>().AsNoTracking().SingleAsync(g => g.Code == type.GroupCode, cancellation);
        var events = await db.Set<RequestEvent>().AsNoTracking().Where(e => e.RequestId == request.Id).OrderBy(e => e.Sequence).ToListAsync(cancellation);
        var names = await NamesAsync(request, events, cancellation);
        var reasons = await db.Set<ReasonCode>().AsNoTracking().ToListAsync(cancellation);
        var photos = await PhotosAsync(request, cancellation);
        var hidden = depth == Depth.Staff ? [] : events.Where(IsInternal).Select(e => e.Sequence).ToHashSet();
        var bare = events.Where(e => !PhotoAccess.IsFor(depth, e)).Select(e => e.Sequence).ToHashSet();
        var area = request.AreaCode is { } code ? (await areas.OfAsync([code], cancellation)).GetValueOrDefault(code) : null;
        var keeper = await timekeeping.GetAsync(cancellation);
        string? Words(string? text) => text is not null && depth == Depth.Public ? PersonalNumbers.Mask(text) : text;
        return new RequestView
        {
            Id = request.Id, Number = request.Number, Title = request.AnonymisedAt is null ? opened.Of("title") ?? Words(request.Title)! : Texts.Pick(type.NameZh, type.NameEn),
            Text = request.AnonymisedAt is null ? opened.Of("text") ?? Words(request.Text)! : AnonymiseRequests.Tombstone, AnonymisedAt = request.AnonymisedAt,
            DeletionDueAt = depth == Depth.Reporter ? request.DeletionDueAt : null,
            ServiceTypeCode = type.Code, ServiceType = Texts.Pick(type.NameZh, type.NameEn), Group = Texts.Pick(group.NameZh, group.NameEn),
            State = request.State, Area = area, AreaCode = request.AreaCode, Address = opened.Of("address") ?? Words(request.Address),
            Longitude = request.Longitude, Latitude = request.Latitude,
            ReportedAt = request.ReportedAt, UpdatedAt = request.UpdatedAt, DueAt = request.NextDueAt, IsDueTentative = request.IsNextDueTentative,
            Time = depth == Depth.Staff ? keeper.NextFaceOf(request.Clocks, time.GetUtcNow()) : keeper.PromisedFaceOf(request.Clocks, time.GetUtcNow()),
            Corrected = await CorrectionAsync(request, cancellation),
            ResolvedAt = request.ResolvedAt, ClosedAt = request.ClosedAt,
            Lead = NameOf(names, request.LeadOrganisationId), LeadCode = request.LeadOrganisationId is { } lead ? names[lead].Code : null,
            Grade = request.Grade, Result = ReasonName(reasons, "result", request.ResultCode), Supporters = request.Supporters, Version = request.Version, Depth = depth,
            MergedInto = others.Lead,
            Answers = depth == Depth.Public ? [] : AnswersOf(type, request.Answers, opened),
            History = [.. events.Where(e => !hidden.Contains(e.Sequence)).Select(e => LineOf(e, depth, names, reasons, opened)).Select(others.Without)],
            Photos = [.. photos.Where(p => !bare.Contains(p.EventSequence) && (depth != Depth.Public || p is { Document: null, IsBeingChecked: false }))],
            Steps = possible,
            Staff = depth == Depth.Staff ? await StaffPartAsync(request, isOnlyInvited, opened, others, keeper, names, reasons, cancellation) : null,
        };
    }

    /// <summary>The requests that this one is merged with, as far as the caller may know of them: one may be of a kind, a place or an organisation that the other is not.</summary>
    private async Task<Others> OthersAsync(ServiceRequest request, Depth depth, Caller caller, bool isOnlyInvited, CancellationToken cancellation)
    {
        var all = db.Set<ServiceRequest>().AsNoTracking();
        if (depth == Depth.Reporter)
        {
            // Whoever follows a request is told how it goes on; its number is what they ask by.
            return new Others(request.MergedIntoId is { } followed ? await all.Where(r => r.Id == followed).Select(r => r.Number).SingleAsync(cancellation) : null, [], null);
        }

        var known = depth == Depth.Public ? all.VisibleToAll() : all.VisibleTo(caller.Actor);
        var lead = request.MergedIntoId is { } into && !isOnlyInvited ? await known.Where(r => r.Id == into).Select(r => r.Number).SingleOrDefaultAsync(cancellation) : null;
        if (depth == Depth.Public || isOnlyInvited)
        {
            return new Others(lead, [], []);
        }

        var named = await db.Set<RequestEvent>().Where(e => e.RequestId == request.Id && e.Step == Step.Merge && e.Text != null).Select(e => e.Text).Distinct().ToListAsync(cancellation);
        return new Others(lead,
            await known.Where(r => r.MergedIntoId == request.Id).OrderBy(r => r.ReportedAt).Select(r => new FollowerView(r.Number, r.Title)).Take(100).ToListAsync(cancellation),
            named.Count == 0 ? [] : [.. await known.Where(r => named.Contains(r.Number)).Select(r => r.Number).ToListAsync(cancellation)]);
    }

    /// <summary>What corrected calendars did to the promised time since it was last told with an extension; null for nothing.</summary>
    private async Task<DueCorrection?> CorrectionAsync(ServiceRequest request, CancellationToken cancellation)
    {
        if (Timekeeper.MeasuredBy(request) is not { State: ClockState.Running, Kind: ClockKind.Resolve or ClockKind.Rectify } clock)
        {
            return null;
        }

        var told = clock.Entries.Where(e => e.Kind == ClockEntryKind.Extension).Select(e => (DateTimeOffset?)e.At).Max() ?? clock.StartedAt;
        var first = (await db.Set<ClockMove>().AsNoTracking().Where(m => m.ClockId == clock.Id).ToListAsync(cancellation)).Where(m => m.At >= told).MinBy(m => m.Id);
        return first is null || first.Before == clock.DueAt ? null : new DueCorrection(first.Before, clock.DueAt);
    }

    /// <summary>Steps among staff that say nothing to the reporter.</summary>
    internal static Step[] AmongStaff { get; } =
        [Step.AddTask, Step.FinishTask, Step.Extend, Step.RefuseExtension, Step.AskPause, Step.RefusePause, Step.Publish, Step.Retype, Step.Relocate, Step.Recuse, Step.Readmit];

    internal static bool IsInternal(RequestEvent written) =>
        AmongStaff.Contains(written.Step)
        || (written.Step == Step.Note && written.Text is null && written.Actor == ActorKind.Staff);

    private Task<List<PhotoView>> PhotosAsync(ServiceRequest request, CancellationToken cancellation) => (
        from photo in db.Set<RequestPhoto>()
        join file in db.Set<EvidenceFile>() on photo.EvidenceId equals file.Id
        where photo.RequestId == request.Id && file.Scan != ScanState.Infected
        orderby photo.EventSequence, photo.EvidenceId
        select new PhotoView(file.Id, photo.EventSequence, photo.IsFromReporter, file.ContentType.StartsWith("image/") ? null : file.OriginalName ?? file.ContentType, file.Scan == ScanState.Held))
        .AsNoTracking().ToListAsync(cancellation);

    private static EventView LineOf(RequestEvent e, Depth depth, IReadOnlyDictionary<Guid, Named> names, List<ReasonCode> reasons, OpenParts.Opened opened)
    {
        // The public reads what the handlers say of the result, not what residents write.
        var words = depth != Depth.Public || e.Step is Step.Resolve or Step.VerifyPass or Step.VerifyFail or Step.Pause or Step.GrantPause or Step.Decline ? e.Text : null;
        return new(e.Sequence, e.Step, e.From, e.To, e.At, depth == Depth.Staff ? e.ActorName : KindOf(e), NameOf(names, e.OrganisationId),
            reasons.FirstOrDefault(r => r.Code == e.ReasonCode && r.Kind == ReasonKindOf(e.Step)) is { } reason ? Texts.Pick(reason.NameZh, reason.NameEn) : null,
            opened.Of($"event.{e.Sequence}.text") ?? (words is not null && depth == Depth.Public ? PersonalNumbers.Mask(words) : words),
            depth == Depth.Staff ? opened.Of($"event.{e.Sequence}.internalText") ?? e.InternalText : null, depth == Depth.Staff || e.Step == Step.Rate ? e.Details : null,
            StepDetails.UntilOf(e), RateRequest.GradeOf(e));
    }

    private static string KindOf(RequestEvent e) => e.Actor switch { ActorKind.Resident => "resident", ActorKind.System => "system", _ => "staff" };

    private static string ReasonKindOf(Step step) => step switch
    {
        Step.Resolve => "result",
        Step.GrantExtension or Step.RefuseExtension => "extend",
        Step.AskPause or Step.GrantPause or Step.RefusePause => "pause",
        _ => step.ToString().ToLowerInvariant(),
    };

    private static string? ReasonName(List<ReasonCode> reasons, string kind, string? code) =>
        reasons.FirstOrDefault(r => r.Kind == kind && r.Code == code) is { } reason ? Texts.Pick(reason.NameZh, reason.NameEn) : null;

    private static List<AnswerView> AnswersOf(ServiceType type, string json, OpenParts.Opened opened)
    {
        var answers = JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json.Plain)!;
        return [.. type.Fields.Where(f => answers.ContainsKey(f.Code)).Select(f => new AnswerView(
            Texts.Pick(f.LabelZh, f.LabelEn),
            string.Join(Texts.IsEnglish ? ", " : "、", (opened.Of($"answers.{f.Code}") ?? answers[f.Code]).Split(FieldCheck.Separator).Select(v => f.Options?.FirstOrDefault(o => o.Code == v) is { } option ? Texts.Pick(option.Zh, option.En) : v))))];
    }

    private async Task<StaffPart> StaffPartAsync(
        ServiceRequest request, bool isOnlyInvited, OpenParts.Opened opened, Others others, Timekeeper keeper, IReadOnlyDictionary<Guid, Named> names, List<ReasonCode> reasons, CancellationToken cancellation)
    {
        var contact = isOnlyInvited ? null : await open.ContactAsync(request.Id, opened, cancellation);
        return new StaffPart
        {
            Places = await places.OfAsync(request, cancellation),
            Channel = request.Channel, Visibility = request.Visibility, IsPublished = request is { IsPublished: true, Visibility: not Visibility.Private }, About = NameOf(names, request.AboutOrganisationId), AboutPerson = open.AboutOf(request),
            ReturnCount = request.ReturnCount, IsBinding = request.IsBinding, ReopenCount = request.ReopenCount, NeedsVerification = request.NeedsVerification,
            ContactName = contact?.Name, ContactPhone = contact?.Phone, ContactEmail = contact?.Email, ContactHome = contact?.Home, ContactOther = contact?.Other,
            IsContactHeldBack = isOnlyInvited, IsContactMasked = contact is not null && !opened.Has(PersonalPart.Contact),
            AreWordsMasked = !isOnlyInvited && !opened.Has(PersonalPart.Words) && await db.Set<RequestOriginal>().AnyAsync(o => o.RequestId == request.Id, cancellation),
            Unmaskings = isOnlyInvited ? [] : await open.WhoLookedAsync(request.Id, withNames: true, cancellation), ExternalId = request.ExternalId,
            CoHandlers = [.. request.CoHandlers.Select(c => new CoHandlerView(names[c.OrganisationId].Code, names[c.OrganisationId].Text, c.SharePercent))],
            Clocks = [.. request.Clocks.OrderBy(c => c.StartedAt).ThenBy(c => c.Kind).Select(c => new ClockView(c.Id, c.Kind, c.State, c.Budget, c.StartedAt, c.DueAt, c.StoppedAt, c.IsLate, c.IsTentative,
                keeper.FaceOf(c, time.GetUtcNow())))],
            Offers = [.. request.Offers.Select(o => new OfferView(names[o.OrganisationId].Code, names[o.OrganisationId].Text, o.ExpiresAt, o.EndedAt, o.IsClaimed))],
            Tasks = [.. request.Tasks.OrderBy(t => t.CreatedAt).Select(t => new TaskView(t.Id, opened.Of($"task.{t.Id:N}.title") ?? t.Title, names[t.OrganisationId].Text, t.DoneAt, opened.Of($"task.{t.Id:N}.result") ?? t.Result))],
            TimeRequests = [.. request.TimeRequests.OrderBy(e => e.AskedAt).Select(e => new TimeRequestView(
                e.Kind, e.Amount, ReasonName(reasons, e.Kind == TimeRequestKind.Pause ? "pause" : "extend", e.ReasonCode), e.Reason, e.AskedAt, e.IsGranted))],
            Followers = others.Followers,
        };
    }

    private async Task<IReadOnlyDictionary<Guid, Named>> NamesAsync(ServiceRequest request, List<RequestEvent> events, CancellationToken cancellation)
    {
        List<Guid?> wanted =
        [
            request.LeadOrganisationId, request.AboutOrganisationId, .. events.Select(e => e.OrganisationId),
            .. request.CoHandlers.Select(c => (Guid?)c.OrganisationId), .. request.Offers.Select(o => (Guid?)o.OrganisationId), .. request.Tasks.Select(t => (Guid?)t.OrganisationId),
        ];
        var ids = wanted.OfType<Guid>().Distinct().ToList();
        return await db.Set<Organisation>().AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Code, o.Name, o.NameEn })
            .ToDictionaryAsync(o => o.Id, o => new Named(o.Code, Texts.Pick(o.Name, o.NameEn)), cancellation);
    }

    private static string? NameOf(IReadOnlyDictionary<Guid, Named> names, Guid? id) => id is { } known ? names[known].Text : null;

    private sealed record Named(string Code, string Text);

    /// <param name="Lead">Number of the request that it was merged into.</param>
    /// <param name="Followers">Those that were merged into it.</param>
    /// <param name="Named">Those that its history may name; null for all.</param>
    private sealed record Others(string? Lead, IReadOnlyList<FollowerView> Followers, IReadOnlyList<string>? Named)
    {
        public static Others None { get; } = new(null, [], []);

        public EventView Without(EventView line) => line.Step == Step.Merge && line.Text is { } number && Named?.Contains(number) == false ? line with { Text = null } : line;
    }
}
