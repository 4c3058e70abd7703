using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>A wish to read personal data that waits for a second person.</summary>
public sealed record WaitingUnmasking(Guid Id, string Number, string Title, PersonalPart Part, UnmaskingReason Reason, string Words, string By, Role Role, DateTimeOffset AskedAt, DateTimeOffset Until);

/// <summary>四眼: the second person, a supervisor or auditor of the area, agrees or refuses; never the one who asked.</summary>
internal sealed class DecideUnmasking(LinliDb db, StepRunner steps, Notify notify, IOptions<PrivacyOptions> options, TimeProvider time)
{
    private const int MostReason = 500;
    private const int MostWaiting = 100;

    /// <summary>Whoever asked is not at the screen when it is granted: so many times as long as where nobody had to be asked.</summary>
    private const int LongerAfterWaiting = 4;

    /// <param name="Reason">Needed to refuse.</param>
    public sealed record Input(bool? IsGranted, string? Reason);

    public async Task<Outcome<Unmasked>> RunAsync(Guid id, Input input, Caller caller, CancellationToken cancellation)
    {
        var unmasking = await db.Set<Unmasking>().SingleOrDefaultAsync(u => u.Id == id, cancellation);
        var request = unmasking is null ? null : await steps.LoadAsync(unmasking.RequestId, cancellation);
        if (unmasking is null || request is null || !MayDecide(caller, request) || unmasking.AccountId == caller.Actor.Id)
        {
            return new Failure.NotFound("没有这条查看申请，或者它不归您审批。自己的申请要由别人审批。");
        }

        var now = time.GetUtcNow().ToUniversalTime();
        if (unmasking.DecidedAt is not null || unmasking.ExpiresAt <= now)
        {
            return new Failure.Conflict("unmasking_over", "这条查看申请已经办过，或者过了期限。");
        }

        if (input.IsGranted is not { } isGranted)
        {
            return new Failure.Invalid("isGranted", "请选择同意还是不同意。");
        }

        if (Check.Reason("reason", input.Reason, isRequired: !isGranted, MostReason) is { } wrong)
        {
            return wrong;
        }

        (unmasking.DecidedAt, unmasking.DecidedBy, unmasking.IsGranted, unmasking.DecisionReason) = (now, caller.Actor.Id, isGranted, Check.Clean(input.Reason) is { } words ? PersonalNumbers.Mask(words) : null);
        unmasking.ExpiresAt = isGranted ? now.AddMinutes(options.Value.ShownMinutes * LongerAfterWaiting) : now;
        await notify.HandleAsync(new Notification([Recipients.Person(unmasking.AccountId)], isGranted
            ? new NoticeText("您申请查看诉求 {0} 的个人信息，已获同意，{1:HH:mm} 前有效。", request.Number, unmasking.ExpiresAt)
            : new NoticeText("您申请查看诉求 {0} 的个人信息，没有同意。", request.Number), $"/work/requests/{request.Number}", request.Number, request.Number), null, cancellation);
        try
        {
            await db.CommitAsync(caller.Actor.Act(isGranted ? "privacy.grant" : "privacy.refuse", now, request.Number, $"{unmasking.Part}"), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Failure.Conflict("unmasking_over", "这条查看申请已经办过，或者过了期限。");
        }

        return UnmaskPersonalData.ViewOf(unmasking, request.Number);
    }

    /// <summary>What waits for this person.</summary>
    public async Task<IReadOnlyList<WaitingUnmasking>> WaitingAsync(Actor actor, CancellationToken cancellation)
    {
        if ((!actor.Is(Role.Supervisor) && !actor.Is(Role.Auditor)) || UnmaskPersonalData.KeepsAccounts(actor))
        {
            return [];
        }

        var now = time.GetUtcNow();
        return await (
            from r in db.Set<ServiceRequest>().VisibleTo(actor).Where(RequestAccess.InAreas(actor, Role.Supervisor, Role.Auditor))
            join u in db.Set<Unmasking>() on r.Id equals u.RequestId
            where u.DecidedAt == null && u.ExpiresAt > now && u.AccountId != actor.Id
            join a in db.Set<Account>() on u.AccountId equals a.Id
            orderby u.AskedAt, u.Id
            select new WaitingUnmasking(u.Id, r.Number, r.Title, u.Part, u.ReasonCode, u.Reason, a.Name, u.Role, u.AskedAt, u.ExpiresAt))
            .AsNoTracking().Take(MostWaiting).ToListAsync(cancellation);
    }

    private static bool MayDecide(Caller caller, ServiceRequest request) =>
        !UnmaskPersonalData.KeepsAccounts(caller.Actor) && RequestAccess.CanSee(caller, request) && (caller.Actor.Covers(Role.Supervisor, request.Matter) || caller.Actor.Covers(Role.Auditor, request.Matter));
}
