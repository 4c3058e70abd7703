using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>What pauses and extensions have in common: what the reason permits, and that somebody else decides.</summary>
internal static class TimeRequests
{
    /// <summary>The reason, when it permits so many days, and once more on the clock that runs now, and something is said of it.</summary>
    public static async Task<Outcome<ReasonCode>> PermitAsync(
        StepScene scene, StepLookups lookups, TimeRequestKind kind, string? reason, int? days, string? explanation, CancellationToken cancellation)
    {
        var isPause = kind == TimeRequestKind.Pause;
        var found = await lookups.ReasonAsync("reason", isPause ? "pause" : "extend", reason, cancellation);
        return found.Succeeded
            && (Refuse(scene.Request, found.Value, days, isPause ? ClockEntryKind.Pause : ClockEntryKind.Extension) ?? Check.Text("explanation", explanation, isRequired: true)) is { } refused
            ? refused
            : found;
    }

    /// <summary>Writes down what is asked for, until somebody else decides it. The explanation is the handler's, for the reporter once it is granted.</summary>
    public static void Ask(StepScene scene, TimeRequestKind kind, Budget amount, ReasonCode reason, string explanation)
    {
        var taken = scene.Take();
        (taken.ReasonCode, taken.InternalText, taken.Details) = (reason.Code, Check.Clean(explanation), new StepDetails(amount.Amount).Write());
        scene.Request.TimeRequests.Add(new TimeRequest
        {
            RequestId = scene.Request.Id, Kind = kind, Amount = amount.ToString(), ReasonCode = reason.Code,
            Reason = taken.InternalText!, AskedAt = taken.At, AskedBy = scene.Caller.Actor.Id,
        });
    }

    private static Failure? Refuse(ServiceRequest request, ReasonCode reason, int? days, ClockEntryKind kind)
    {
        var isPause = kind == ClockEntryKind.Pause;
        if (days is not { } asked || asked < 1 || asked > reason.MostDays)
        {
            return new Failure.Invalid("days",
                isPause ? "因“{0}”挂起最多 {1} 天，请填写 1 到 {1}。" : "因“{0}”一次最多延期 {1} 个工作日，请填写 1 到 {1}。", reason.NameZh, reason.MostDays);
        }

        if (request.TimeRequests.Any(e => e.DecidedAt is null))
        {
            return new Failure.Conflict("time_request_pending", "诉求 {0} 已有一个申请等待审批，请等审批后再申请。", request.Number);
        }

        return Timekeeper.TimesOf(request, kind, reason.Code) < reason.MostTimes ? null : isPause
            ? new Failure.Conflict("too_many_pauses", "诉求 {0} 因“{1}”已经挂起 {2} 次，不能再挂起。请继续办理，或申请延期。", request.Number, reason.NameZh, reason.MostTimes)
            : new Failure.Conflict("too_many_extensions", "诉求 {0} 因“{1}”已经延期 {2} 次，不能再延。请联系督办员。", request.Number, reason.NameZh, reason.MostTimes);
    }

    /// <summary>Decides what waits, in somebody else's place than whoever asked for it. The note stays inside; what was explained is told when it is granted.</summary>
    public static Outcome<TimeRequest> Decide(StepScene scene, TimeRequestKind kind, bool? decision, string? note)
    {
        if (decision is not { } isGranted)
        {
            return new Failure.Invalid("isGranted", "请选择同意或不同意。");
        }

        if (Check.Text("note", note, isRequired: !isGranted) is { } wrong)
        {
            return wrong;
        }

        if (scene.Request.TimeRequests.SingleOrDefault(e => e.DecidedAt is null && e.Kind == kind) is not { } asked)
        {
            return kind == TimeRequestKind.Pause
                ? new Failure.Conflict("no_pause_pending", "诉求 {0} 没有等待审批的挂起申请。", scene.Request.Number)
                : new Failure.Conflict("no_extension_pending", "诉求 {0} 没有等待审批的延期申请。", scene.Request.Number);
        }

        var actor = scene.Caller.Actor;
        if (asked.AskedBy == actor.Id || RequestAccess.Handles(actor, scene.Request.LeadOrganisationId, scene.Request.Matter))
        {
            return new Failure.Conflict("four_eyes", "申请要由别人审批，不能自己批自己的，也不能批本单位的。");
        }

        var taken = scene.Take();
        (taken.ReasonCode, taken.InternalText, taken.Text) = (asked.ReasonCode, Check.Clean(note), isGranted ? asked.Reason : null);
        (asked.DecidedAt, asked.DecidedBy, asked.IsGranted) = (taken.At, actor.Id, isGranted);
        return asked;
    }
}
