using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Notices;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Privacy;

/// <summary>Whether a request is kept beyond its time, and why.</summary>
/// <param name="LiftReason">Somebody wants it lifted; a second person decides.</param>
public sealed record HoldView(string Number, bool IsHeld, string? Reason, DateTimeOffset? SetAt, string? SetBy, string? LiftReason, string? LiftAskedBy, DateTimeOffset? LiftAskedAt);

/// <summary>保全: set by one supervisor with a reason, lifted by two people.</summary>
internal sealed class LegalHolds(LinliDb db, StepRunner steps, Notify notify, ConcernedFilter concerned, TimeProvider time)
{
    private const int MostReason = 500;

    /// <param name="Reason">Which dispute or inquiry needs it.</param>
    public sealed record Input(string? Reason);

    /// <param name="Reason">Needed to refuse; stands in the audit log.</param>
    public sealed record Decision(bool? IsGranted, string? Reason);

    public async Task<Outcome<HoldView>> ReadAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var request = await FindAsync(number, caller, cancellation);
        return request.Succeeded ? await ViewAsync(request.Value, await ActiveAsync(request.Value, cancellation), cancellation) : request.Failure;
    }

    public async Task<Outcome<HoldView>> SetAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        var request = await FindAsync(number, caller, cancellation);
        if (!request.Succeeded)
        {
            return request.Failure;
        }

        if (request.Value.AnonymisedAt is not null)
        {
            return new Failure.Conflict("anonymised_already", "诉求 {0} 的内容已经删除，没有可以保全的。", number);
        }

        if (await ActiveAsync(request.Value, cancellation) is not null)
        {
            return new Failure.Conflict("held_already", "诉求 {0} 已经保全。", number);
        }

        if (Check.Reason("reason", input.Reason, isRequired: true, MostReason) is { } wrong)
        {
            return wrong;
        }

        var hold = new LegalHold { RequestId = request.Value.Id, Reason = Words(input.Reason)!, SetAt = time.GetUtcNow().ToUniversalTime(), SetBy = caller.Actor.Id };
        db.Add(hold);
        await db.CommitAsync(caller.Actor.Act("privacy.hold", hold.SetAt, number), cancellation);
        return await ViewAsync(request.Value, hold, cancellation);
    }

    /// <summary>The first of two: asks for it to be lifted.</summary>
    public async Task<Outcome<HoldView>> AskAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        var found = await HeldAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (request, hold) = found.Value;
        if (hold.LiftAskedAt is not null)
        {
            return new Failure.Conflict("lifting_asked", "已经有人申请解除诉求 {0} 的保全，等另一个人审批。", number);
        }

        if (Check.Reason("reason", input.Reason, isRequired: true, MostReason) is { } wrong)
        {
            return wrong;
        }

        (hold.LiftReason, hold.LiftAskedAt, hold.LiftAskedBy) = (Words(input.Reason), time.GetUtcNow().ToUniversalTime(), caller.Actor.Id);
        var seconds = await concerned.WithoutAsync([Recipients.SupervisorsCovering(request.Matter), new Recipients.Covering(Role.Auditor, request.Matter)], request.Concern, cancellation);
        await notify.HandleAsync(new Notification(seconds, new NoticeText("有人申请解除诉求 {0} 的保全，请审批。", number), AddressOf(number), number, number, caller.Actor.Id), null, cancellation);
        await db.CommitAsync(caller.Actor.Act("privacy.ask-lift", hold.LiftAskedAt.Value, number), cancellation);
        return await ViewAsync(request, hold, cancellation);
    }

    /// <summary>The second: agrees or refuses.</summary>
    public async Task<Outcome<HoldView>> DecideAsync(string number, Decision input, Caller caller, CancellationToken cancellation)
    {
        var found = await HeldAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (request, hold) = found.Value;
        if (hold.LiftAskedBy is null || hold.LiftAskedBy == caller.Actor.Id)
        {
            return new Failure.Conflict("lifting_needs_another", "解除保全要由一个人申请、另一个人审批。现在没有等您审批的申请。");
        }

        if (input.IsGranted is not { } isGranted)
        {
            return new Failure.Invalid("isGranted", "请选择同意还是不同意。");
        }

        if (Check.Reason("reason", input.Reason, isRequired: !isGranted, MostReason) is { } wrong)
        {
            return wrong;
        }

        await notify.HandleAsync(new Notification([Recipients.Person(hold.LiftAskedBy.Value)], isGranted
            ? new NoticeText("您申请解除诉求 {0} 的保全，已获同意。", number)
            : new NoticeText("您申请解除诉求 {0} 的保全，没有同意。", number), AddressOf(number), number, number), null, cancellation);
        var now = time.GetUtcNow().ToUniversalTime();
        (hold.LiftedAt, hold.LiftedBy) = isGranted ? (now, caller.Actor.Id) : ((DateTimeOffset?)null, (Guid?)null);
        if (!isGranted)
        {
            (hold.LiftReason, hold.LiftAskedAt, hold.LiftAskedBy) = (null, null, null);
        }

        await db.CommitAsync(caller.Actor.Act(isGranted ? "privacy.lift" : "privacy.refuse-lift", now, number, Words(input.Reason)), cancellation);
        return await ViewAsync(request, isGranted ? null : hold, cancellation);
    }

    private Task<LegalHold?> ActiveAsync(ServiceRequest request, CancellationToken cancellation) =>
        db.Set<LegalHold>().FirstOrDefaultAsync(h => h.RequestId == request.Id && h.LiftedAt == null, cancellation);

    private async Task<Outcome<ServiceRequest>> FindAsync(string number, Caller caller, CancellationToken cancellation) =>
        await steps.LoadAsync(number, cancellation) is { } request && caller.Actor.IsStaff && RequestAccess.CanSee(caller, request)
            && (caller.Actor.Covers(Role.Supervisor, request.Matter) || caller.Actor.Covers(Role.Auditor, request.Matter))
            ? request
            : StepRunner.Unknown(number);

    private async Task<Outcome<Held>> HeldAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var request = await FindAsync(number, caller, cancellation);
        return !request.Succeeded ? request.Failure
            : await ActiveAsync(request.Value, cancellation) is { } hold ? new Held(request.Value, hold)
            : new Failure.Conflict("not_held", "诉求 {0} 没有保全。", number);
    }

    private async Task<HoldView> ViewAsync(ServiceRequest request, LegalHold? hold, CancellationToken cancellation)
    {
        var who = hold is null ? [] : await db.Set<Account>().Where(a => a.Id == hold.SetBy || a.Id == hold.LiftAskedBy).ToDictionaryAsync(a => a.Id, a => a.Name, cancellation);
        return new HoldView(request.Number, hold is not null, hold?.Reason, hold?.SetAt, hold is null ? null : who.GetValueOrDefault(hold.SetBy), hold?.LiftReason,
            hold?.LiftAskedBy is { } asked ? who.GetValueOrDefault(asked) : null, hold?.LiftAskedAt);
    }

    private static string AddressOf(string number) => $"/work/requests/{number}#hold";

    private static string? Words(string? text) => Check.Clean(text) is { } clean ? PersonalNumbers.Mask(clean) : null;

    private sealed record Held(ServiceRequest Request, LegalHold Hold);
}
