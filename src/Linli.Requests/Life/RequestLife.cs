using System.Collections.Frozen;
using static Linli.Requests.Life.Party;
using static Linli.Requests.Life.RequestState;

namespace Linli.Requests.Life;

/// <summary>One line of the life: in this state, this step, by these parties, leads there.</summary>
/// <param name="To">The next state; null goes back to the state that was interrupted (see <see cref="ServiceRequest.Interrupted"/>).</param>
/// <param name="OrTo">The other possible outcome, decided by the step's own rule (second return, poor grade).</param>
internal sealed record LifeRule(RequestState From, Step Step, RequestState? To, Party By, RequestState? OrTo = null);

/// <summary>
/// The life of a service request as data (DOMAIN: "Life of a service request"). A step that is not here cannot be taken;
/// what more a step asks for (windows, evidence, finished tasks) is its use case's guard.
/// </summary>
internal static class RequestLife
{
    private const Party Staff = Dispatcher | Lead | Party.CoHandler | Supervisor;

    public static readonly IReadOnlyList<LifeRule> Rules =
    [
        new(Reported, Step.Ask, AwaitingReporter, Dispatcher),
        new(Reported, Step.Decline, Declined, Dispatcher),
        new(Reported, Step.Merge, Merged, Dispatcher),
        new(Reported, Step.Retype, Reported, Dispatcher),
        new(Reported, Step.Relocate, Reported, Dispatcher),
        new(Reported, Step.Dispatch, Dispatched, Dispatcher),
        new(Reported, Step.Offer, Offered, Dispatcher),
        new(Reported, Step.Publish, Reported, Dispatcher),
        new(Reported, Step.Note, Reported, Staff | Reporter | GridWorker),
        new(Reported, Step.Withdraw, Withdrawn, Reporter),

        // Staff may write down an answer that was given by telephone; time goes on without one.
        new(AwaitingReporter, Step.Answer, null, Reporter | Dispatcher | Lead),
        new(AwaitingReporter, Step.Lapse, null, Time),
        new(AwaitingReporter, Step.Note, AwaitingReporter, Staff | Reporter | GridWorker),
        new(AwaitingReporter, Step.Withdraw, Withdrawn, Reporter),

        new(Offered, Step.Claim, InHand, Invitee),
        new(Offered, Step.Recall, Reported, Dispatcher),
        new(Offered, Step.Expire, Reported, Time),
        new(Offered, Step.Note, Offered, Staff | Reporter | GridWorker),
        new(Offered, Step.Withdraw, Withdrawn, Reporter),

        new(Dispatched, Step.Sign, InHand, Lead),
        new(Dispatched, Step.Return, Reported, Lead, OrTo: InArbitration),
        new(Dispatched, Step.Dispatch, Dispatched, Dispatcher | Supervisor),
        new(Dispatched, Step.Note, Dispatched, Staff | Reporter | GridWorker),
        new(Dispatched, Step.Withdraw, Withdrawn, Reporter),

        new(InArbitration, Step.Decide, Dispatched, Supervisor),
        new(InArbitration, Step.Note, InArbitration, Staff | Reporter | GridWorker),
        new(InArbitration, Step.Withdraw, Withdrawn, Reporter),

        new(InHand, Step.Contact, InHand, Lead | Party.CoHandler),
        new(InHand, Step.Note, InHand, Staff | Reporter | GridWorker),
        new(InHand, Step.Ask, AwaitingReporter, Lead),
        new(InHand, Step.Pause, Paused, Lead),

        // For reasons that need approval; the reason says which.
        new(InHand, Step.AskPause, InHand, Lead),
        new(InHand, Step.GrantPause, Paused, Supervisor),
        new(InHand, Step.RefusePause, InHand, Supervisor),
        new(InHand, Step.Extend, InHand, Lead),
        new(InHand, Step.GrantExtension, InHand, Supervisor),
        new(InHand, Step.RefuseExtension, InHand, Supervisor),
        new(InHand, Step.AddTask, InHand, Lead),
        new(InHand, Step.FinishTask, InHand, Lead | Party.CoHandler),
        new(InHand, Step.Resolve, Resolved, Lead),
        new(InHand, Step.Dispatch, Dispatched, Supervisor),
        new(InHand, Step.Withdraw, Withdrawn, Reporter),

        new(Paused, Step.Resume, InHand, Lead | Supervisor | Time),
        new(Paused, Step.Contact, Paused, Lead | Party.CoHandler),
        new(Paused, Step.FinishTask, Paused, Lead | Party.CoHandler),
        new(Paused, Step.Note, Paused, Staff | Reporter | GridWorker),
        new(Paused, Step.Withdraw, Withdrawn, Reporter),

        new(Resolved, Step.VerifyPass, Verified, Verifier),
        new(Resolved, Step.VerifyFail, InHand, Verifier),
        new(Resolved, Step.Rate, Closed, Reporter, OrTo: InHand),
        new(Resolved, Step.Lapse, Closed, Time),
        new(Resolved, Step.Note, Resolved, Staff | Reporter | Verifier),

        new(Verified, Step.Rate, Closed, Reporter, OrTo: InHand),
        new(Verified, Step.Lapse, Closed, Time),
        new(Verified, Step.Note, Verified, Staff | Reporter | Verifier),

        new(Closed, Step.Reopen, InHand, Reporter | Supervisor, OrTo: Reported),
        new(Closed, Step.Rate, Closed, Reporter),
        new(Declined, Step.Reopen, Reported, Reporter | Supervisor),

        // A merged request lives through its lead; its reporters keep their own voice, and a mistake can be undone.
        new(Merged, Step.Rate, Merged, Reporter),
        new(Merged, Step.Unmerge, Reported, Dispatcher | Supervisor | Time),
        new(Merged, Step.Reopen, Reported, Reporter),
        new(Merged, Step.Note, Merged, Reporter),
        .. Enum.GetValues<RequestState>().Where(s => s.IsOpen() || s == Merged).SelectMany(s => new LifeRule[]
        {
            new(s, Step.Recuse, s, Staff | Verifier | Invitee | GridWorker),
            new(s, Step.Readmit, s, Supervisor),
        }),

        // Off the public pages, at any time; it changes nothing else.
        new(Reported, Step.Unpublish, Reported, Reporter | Dispatcher | Supervisor),
        new(AwaitingReporter, Step.Unpublish, AwaitingReporter, Reporter | Dispatcher | Supervisor),
        new(Offered, Step.Unpublish, Offered, Reporter | Dispatcher | Supervisor),
        new(Dispatched, Step.Unpublish, Dispatched, Reporter | Dispatcher | Supervisor),
        new(InArbitration, Step.Unpublish, InArbitration, Reporter | Dispatcher | Supervisor),
        new(InHand, Step.Unpublish, InHand, Reporter | Dispatcher | Supervisor),
        new(Paused, Step.Unpublish, Paused, Reporter | Dispatcher | Supervisor),
        new(Resolved, Step.Unpublish, Resolved, Reporter | Dispatcher | Supervisor),
        new(Verified, Step.Unpublish, Verified, Reporter | Dispatcher | Supervisor),
        new(Closed, Step.Unpublish, Closed, Reporter | Dispatcher | Supervisor),
        new(Declined, Step.Unpublish, Declined, Reporter | Dispatcher | Supervisor),
        new(Merged, Step.Unpublish, Merged, Reporter | Dispatcher | Supervisor),
    ];

    private static readonly FrozenDictionary<(RequestState, Step), LifeRule> Table = Rules.ToFrozenDictionary(r => (r.From, r.Step));

    public static LifeRule? Find(RequestState from, Step step) => Table.GetValueOrDefault((from, step));

    /// <summary>The steps that these parties may take from here, in the order of the table.</summary>
    public static IEnumerable<Step> StepsFor(RequestState from, Party parties) =>
        Rules.Where(r => r.From == from && (r.By & parties) != 0).Select(r => r.Step);
}
