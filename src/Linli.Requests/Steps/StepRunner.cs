using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Steps;

/// <summary>What every step answers: where the request stands now.</summary>
public sealed record StepTaken(string Number, Step Step, RequestState State, int Version);

/// <summary>Which step, on which request, by whom, on which state of it.</summary>
/// <param name="SeenVersion">The version the caller looked at; null from scripts that take what they find.</param>
internal sealed record StepOrder(string Number, Step Step, Caller Caller, int? SeenVersion);

/// <summary>Everything a step's own rule looks at.</summary>
internal sealed class StepScene(ServiceRequest request, ServiceType type, StepOrder order, Party parties, Timekeeper clocks, DateTimeOffset now)
{
    public ServiceRequest Request => request;
    public ServiceType Type => type;
    public Caller Caller => order.Caller;
    public Party Parties => parties;
    public Timekeeper Clocks => clocks;
    public DateTimeOffset Now => now;
    public RequestEvent? Taken { get; private set; }

    /// <summary>Length of the clock that this very step decides (offer, pause).</summary>
    public Budget? OwnBudget { get; set; }

    /// <summary>Takes the step; to <paramref name="chosen"/> where the table leaves a choice.</summary>
    public RequestEvent Take(RequestState? chosen = null) => Taken = request.Take(order.Step, order.Caller.Actor, now, chosen);
}

/// <summary>
/// Takes steps: loads the request, holds the guard of <see cref="RequestLife"/>, lets the use case act, runs the clocks, writes
/// everything in one transaction and answers clearly when somebody else was faster.
/// </summary>
internal sealed class StepRunner(LinliDb db, TimeProvider time, Timekeeping timekeeping, CatalogueReader catalogue, KeepOriginals originals, HearComplaints complaints)
{
    /// <summary>The same step again after this time is meant, and is told that something has changed; before it, it is the second click.</summary>
    private static readonly TimeSpan SecondClick = TimeSpan.FromSeconds(15);

    public Task<Outcome<StepTaken>> RunAsync(StepOrder order, Func<StepScene, CancellationToken, Task<Failure?>> rule, CancellationToken cancellation) =>
        Contended.TryAsync(isLast => TryAsync(order, rule, isLast, cancellation), cancellation);

    /// <returns>Null when somebody else wrote at the same instant: looked at anew, the step is either still possible or clearly refused.</returns>
    private async Task<Outcome<StepTaken>?> TryAsync(StepOrder order, Func<StepScene, CancellationToken, Task<Failure?>> rule, bool isLast, CancellationToken cancellation)
    {
        var request = await LoadAsync(order.Number, order.Caller, cancellation);
        if (request is null || !RequestAccess.CanSee(order.Caller, request))
        {
            return request is not null && order.Step == Step.Claim && await WasInvitedAsync(order.Caller, request, cancellation)
                ? new Failure.Conflict("offer_over", "诉求 {0} 不能再接单：已经被别的单位接走，或者接单期已过、发布已收回。", order.Number)
                : Unknown(order.Number);
        }

        if (await RefuseAsync(order, request, cancellation) is { } refused)
        {
            return refused.Repeated is { } repeated ? repeated : refused.Failure!;
        }

        var type = await catalogue.TypeAsync(request.ServiceTypeCode, cancellation);
        var scene = new StepScene(request, type, order, RequestAccess.PartiesOf(order.Caller, request), await timekeeping.GetAsync(cancellation), time.GetUtcNow());
        if (await rule(scene, cancellation) is { } failure)
        {
            db.ChangeTracker.Clear();
            return failure;
        }

        var taken = scene.Taken ?? throw new InvalidOperationException($"The use case of {order.Step} did not take the step.");
        scene.Clocks.Apply(request, scene.Type, taken, scene.OwnBudget);
        var accused = await complaints.InAsync(scene, taken, cancellation);
        originals.OfSteps(request);
        Announce(request, taken);
        if (accused is not null && RequestLife.Find(request.State, Step.Recuse) is not null)
        {
            await TakeAlongAsync(request, Step.Recuse, taken.At, cancellation);
            request.Events[^1].Text = accused;
        }

        try
        {
            await db.CommitAsync(order.Caller.Actor.Act($"requests.{order.Step}", taken.At, request.Number, taken.ReasonCode), cancellation);
        }
        catch (DbUpdateException exception) when (!isLast || exception is DbUpdateConcurrencyException)
        {
            // The engine decides what is noticed first: the version, or the number of the history's next line.
            db.ChangeTracker.Clear();
            return isLast ? (Outcome<StepTaken>)await ChangedAsync(request, order.Caller, cancellation) : null;
        }

        return new StepTaken(request.Number, taken.Step, taken.To, request.Version);
    }

    public Task<ServiceRequest?> LoadAsync(string number, CancellationToken cancellation) =>
        Whole.SingleOrDefaultAsync(r => r.Number == number, cancellation);

    /// <summary>What somebody without a post may not see is not even read: to them it costs what a number costs that is not there.</summary>
    public Task<ServiceRequest?> LoadAsync(string number, Caller caller, CancellationToken cancellation) =>
        Whole.OpenTo(caller).SingleOrDefaultAsync(r => r.Number == number, cancellation);

    public Task<ServiceRequest?> LoadAsync(Guid id, CancellationToken cancellation) =>
        Whole.SingleOrDefaultAsync(r => r.Id == id, cancellation);

    /// <summary>Takes a step of Linli's own on another request of the same commit: an unmerge when the lead goes away.</summary>
    public async Task TakeAlongAsync(ServiceRequest other, Step step, DateTimeOffset at, CancellationToken cancellation)
    {
        var taken = other.Take(step, Kernel.People.Actor.System, at);
        var clocks = await timekeeping.GetAsync(cancellation);
        clocks.Apply(other, await catalogue.TypeAsync(other.ServiceTypeCode, cancellation), taken);
        Announce(other, taken);
    }

    /// <summary>The requests that were merged into this one.</summary>
    public Task<List<ServiceRequest>> FollowersAsync(ServiceRequest lead, CancellationToken cancellation) =>
        Whole.Where(r => r.MergedIntoId == lead.Id).OrderBy(r => r.ReportedAt).ToListAsync(cancellation);

    private IQueryable<ServiceRequest> Whole =>
        db.Set<ServiceRequest>()
            .Include(r => r.CoHandlers).Include(r => r.Clocks).ThenInclude(c => c.Entries).Include(r => r.Offers.Where(o => o.EndedAt == null))
            .Include(r => r.Tasks).Include(r => r.TimeRequests)
            .AsSplitQuery();

    public static Failure.NotFound Unknown(string number) => new("没有编号为 {0} 的诉求，或者您无权查看。", number);

    private void Announce(ServiceRequest request, RequestEvent taken) =>
        db.Publish(new RequestStepTaken(request.Id, request.Number, taken.Step.ToString(), taken.From.ToString(), taken.To.ToString(), taken.Sequence, taken.At));

    /// <summary>Whoever had the offer on screen may know that it is over, and nothing more.</summary>
    private async Task<bool> WasInvitedAsync(Caller caller, ServiceRequest request, CancellationToken cancellation) =>
        (await db.Set<RequestOffer>().Where(o => o.RequestId == request.Id).Select(o => o.OrganisationId).ToListAsync(cancellation))
            .Any(o => RequestAccess.Handles(caller.Actor, o, request.Matter)) && !request.Concern.Includes(caller.Actor);

    private async Task<Refusal?> RefuseAsync(StepOrder order, ServiceRequest request, CancellationToken cancellation)
    {
        if (order.SeenVersion is { } seen && seen != request.Version)
        {
            var last = await LastEventAsync(request, cancellation);
            return last is not null && seen == request.Version - 1 && last.Step == order.Step && last.ActorId == order.Caller.Actor.Id && last.Actor == order.Caller.Actor.Kind
                && time.GetUtcNow() - last.At < SecondClick
                ? new Refusal(new StepTaken(request.Number, last.Step, request.State, request.Version), null)   // the second click
                : new Refusal(null, Changed(request, order.Caller, last));
        }

        if (RequestLife.Find(request.State, order.Step) is not { } rule)
        {
            return new Refusal(null, new Failure.Conflict("step_not_possible", "诉求 {0} 现在是“{1}”，这时不能做“{2}”。",
                request.Number, LifeTexts.Of(request.State), LifeTexts.Of(order.Step)));
        }

        return (RequestAccess.PartiesOf(order.Caller, request) & rule.By) == 0
            ? new Refusal(null, new Failure.Forbidden("您不能对诉求 {0} 做“{1}”：这一步由{2}来做。", request.Number, LifeTexts.Of(order.Step), LifeTexts.Of(rule.By)))
            : null;
    }

    private async Task<Failure.Conflict> ChangedAsync(ServiceRequest request, Caller caller, CancellationToken cancellation) =>
        Changed(request, caller, await LastEventAsync(request, cancellation));

    /// <summary>Who did what is told to staff; a reporter is told no names, and nothing of what goes on among staff.</summary>
    private static Failure.Conflict Changed(ServiceRequest request, Caller caller, RequestEvent? last) => last is null || !caller.Actor.IsStaff
        ? new("changed_meanwhile", "诉求 {0} 刚刚有变化，现在是“{1}”。请看过最新情况再操作。", request.Number, LifeTexts.Of(request.State))
        : new("changed_meanwhile", "诉求 {0} 刚刚有变化：{1}于 {2:t} 做了“{3}”，现在是“{4}”。请看过最新情况再操作。",
            request.Number, last.Actor == ActorKind.Staff ? last.ActorName : LifeTexts.Of(last.Actor), last.At, LifeTexts.Of(last.Step), LifeTexts.Of(request.State));

    private Task<RequestEvent?> LastEventAsync(ServiceRequest request, CancellationToken cancellation) =>
        db.Set<RequestEvent>().AsNoTracking().Where(e => e.RequestId == request.Id).OrderByDescending(e => e.Sequence).FirstOrDefaultAsync(cancellation);

    private sealed record Refusal(StepTaken? Repeated, Failure? Failure);
}
