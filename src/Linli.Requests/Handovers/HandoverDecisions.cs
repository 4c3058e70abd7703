using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>What somebody decides about a handover.</summary>
public enum HandoverDecision
{
    /// <summary>Send it (again) now; of one that is unclear it says that it is not there.</summary>
    Send,

    /// <summary>It is there, by this number.</summary>
    Arrived,

    /// <summary>Handled by hand from now on.</summary>
    GiveUp,
}

/// <summary>A handover as staff see it.</summary>
/// <param name="Reason">Why it stands where it stands, in the reader's language.</param>
/// <param name="TheirWords">What the other system said, as it said it.</param>
/// <param name="NextAt">When it is tried, or looked after, next.</param>
/// <param name="Decisions">What the reader may decide now.</param>
public sealed record HandoverView(
    string Partner, HandoverState State, int Attempts, string? Reason, string? TheirWords, string? Number, string? TheirStatus, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, DateTimeOffset? NextAt, DateTimeOffset? SeenAt,
    IReadOnlyList<HandoverDecision> Decisions);

/// <summary>Shows where the handover of a request stands, and lets a person decide where no rule can.</summary>
internal sealed class HandoverDecisions(LinliDb db, StepRunner steps, TheirSteps theirSteps, Texts texts, TimeProvider time)
{
    /// <param name="Number">The request's number there, for <see cref="HandoverDecision.Arrived"/>.</param>
    public sealed record Input(HandoverDecision? Decision, string? Number);

    public async Task<Outcome<HandoverView>> ReadAsync(string number, Caller caller, CancellationToken cancellation)
    {
        if (await SeenAsync(number, caller, cancellation) is not { } request)
        {
            return StepRunner.Unknown(number);
        }

        return await LastAsync(request.Id, cancellation) is { } handover ? await ViewAsync(handover, request, caller, cancellation) : None(number);
    }

    public async Task<Outcome<HandoverView>> DecideAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        if (await SeenAsync(number, caller, cancellation) is not { } request)
        {
            return StepRunner.Unknown(number);
        }

        if (await LastAsync(request.Id, cancellation) is not { } handover)
        {
            return None(number);
        }

        if (!MayDecide(request, caller))
        {
            return new Failure.Forbidden("由派单员、督办员或主办单位决定怎么转交。");
        }

        if (input.Decision is not { } decision || !Enum.IsDefined(decision))
        {
            return new Failure.Invalid("decision", "请选择怎么办。");
        }

        var partner = await db.Set<Partner>().SingleAsync(p => p.Id == handover.PartnerId, cancellation);
        if (!PossibleNow(handover, request, partner).Contains(decision))
        {
            return new Failure.Conflict("handover_moved_on", "转交的情况有变化，现在不能这样做。请看过最新情况再操作。");
        }

        var (now, there) = (time.GetUtcNow().ToUniversalTime(), Check.Clean(input.Number));
        switch (decision)
        {
            case HandoverDecision.Send:
                handover.ServiceCode = partner.ServiceCodes.GetValueOrDefault(request.ServiceTypeCode) ?? handover.ServiceCode;
                (handover.MayHaveArrived, handover.State, handover.NextAt, handover.Reason, handover.TheirWords) = (handover.State != HandoverState.Unclear && handover.MayHaveArrived, HandoverState.Waiting, now, null, null);
                break;
            case HandoverDecision.Arrived when there is null or { Length: > 200 }:
                return new Failure.Invalid("number", "请填写对方的编号。");
            case HandoverDecision.Arrived:
                handover.Arrived(there, null, now);
                break;
            default:
                handover.Stop(HandoverState.GivenUp, handover.MayHaveArrived || handover.State == HandoverState.Sent ? "不再转交，改为人工办理；对方可能收到过，请告诉对方。" : "不再转交，改为人工办理。");
                break;
        }

        handover.Version++;
        try
        {
            await db.CommitAsync(caller.Actor.Act("requests.decide-handover", now, number, $"{decision}"), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Failure.Conflict("handover_moved_on", "转交的情况有变化，现在不能这样做。请看过最新情况再操作。");
        }

        if (decision == HandoverDecision.Arrived)
        {
            await theirSteps.SignAsync(number, await theirSteps.AsAsync(partner, cancellation), cancellation);
        }

        return await ViewAsync(handover, request, caller, cancellation);
    }

    private static Failure.NotFound None(string number) => new("诉求 {0} 没有转交给别的系统。", number);

    private async Task<ServiceRequest?> SeenAsync(string number, Caller caller, CancellationToken cancellation) =>
        caller.Actor.IsStaff && await steps.LoadAsync(number, caller, cancellation) is { } request && RequestAccess.CanSee(caller, request) ? request : null;

    private Task<Handover?> LastAsync(Guid request, CancellationToken cancellation) =>
        db.Set<Handover>().Where(h => h.RequestId == request).OrderByDescending(h => h.EventSequence).FirstOrDefaultAsync(cancellation);

    private static bool MayDecide(ServiceRequest request, Caller caller) => (RequestAccess.PartiesOf(caller, request) & (Party.Dispatcher | Party.Supervisor | Party.Lead)) != 0;

    private static HandoverDecision[] PossibleNow(Handover handover, ServiceRequest request, Partner partner) => handover.State switch
    {
        _ when request.LeadOrganisationId != partner.OrganisationId || !request.State.IsOpen() => [],
        HandoverState.Waiting when handover.MayHaveArrived => [HandoverDecision.Send, HandoverDecision.Arrived, HandoverDecision.GiveUp],
        HandoverState.Waiting or HandoverState.Refused => [HandoverDecision.Send, HandoverDecision.GiveUp],
        HandoverState.Unclear => [HandoverDecision.Arrived, HandoverDecision.Send, HandoverDecision.GiveUp],
        HandoverState.Sent => [HandoverDecision.GiveUp],
        _ => [],
    };

    private async Task<HandoverView> ViewAsync(Handover handover, ServiceRequest request, Caller caller, CancellationToken cancellation)
    {
        var partner = await db.Set<Partner>().AsNoTracking().SingleAsync(p => p.Id == handover.PartnerId, cancellation);
        var name = await db.Set<Organisation>().Where(o => o.Id == partner.OrganisationId).Select(o => new { o.Name, o.NameEn }).SingleAsync(cancellation);
        return new HandoverView(
            Texts.Pick(name.Name, name.NameEn), handover.State, handover.Attempts, handover.Reason is { } reason ? texts[reason] : null, handover.TheirWords, handover.ExternalId, handover.ExternalStatus,
            handover.FirstAt, handover.LastAt, handover.State is HandoverState.Waiting or HandoverState.Sent ? handover.NextAt : null, handover.SeenAt,
            MayDecide(request, caller) ? PossibleNow(handover, request, partner) : []);
    }
}
