using Linli.Requests.Life;
using static Linli.Requests.Clocks.ClockKind;
using static Linli.Requests.Clocks.ClockOp;

namespace Linli.Requests.Clocks;

internal enum ClockOp
{
    Start,
    Stop,
    Void,
    Pause,
    Resume,
}

/// <summary>What a step does to the clocks, in this order. <paramref name="To"/> and <paramref name="When"/> narrow it down.</summary>
internal sealed record ClockRule(Step Step, ClockOp Op, ClockKind[] Kinds, RequestState? From = null, RequestState? To = null, Func<ServiceRequest, bool>? When = null);

/// <summary>
/// The effect of every step on the clocks, as data. Stated rules: sign, contact and resolve start together at dispatch; a return or a
/// re-dispatch voids them and the next dispatch starts all three anew; a reopened request gets a new resolve clock with the full
/// budget; a poor grade starts the rectification clock; a note, an edit or a photo does nothing.
/// </summary>
internal static class ClockRules
{
    private static readonly ClockKind[] Handling = [Sign, ClockKind.Contact, ClockKind.Resolve, Rectify];
    private static readonly ClockKind[] Everything = Enum.GetValues<ClockKind>();

    public static readonly IReadOnlyList<ClockRule> Rules =
    [
        new(Step.Report, Start, [ClockKind.Dispatch]),

        // What comes from elsewhere is measured from when it came, by where it stands.
        new(Step.Import, Start, [ClockKind.Dispatch], To: RequestState.Reported),
        new(Step.Import, Start, [Sign, ClockKind.Contact, ClockKind.Resolve], To: RequestState.Dispatched),
        new(Step.Import, Start, [ClockKind.Contact, ClockKind.Resolve], To: RequestState.InHand),
        new(Step.Import, Start, [ClockKind.Rate], To: RequestState.Resolved),

        new(Step.Ask, ClockOp.Pause, [ClockKind.Dispatch, .. Handling]),
        new(Step.Ask, Start, [ClockKind.Answer]),
        new(Step.Answer, Stop, [ClockKind.Answer]),
        new(Step.Answer, ClockOp.Resume, [ClockKind.Dispatch, .. Handling]),
        new(Step.Lapse, Stop, [ClockKind.Answer], From: RequestState.AwaitingReporter),
        new(Step.Lapse, ClockOp.Resume, [ClockKind.Dispatch, .. Handling], From: RequestState.AwaitingReporter),

        new(Step.Decline, Stop, [ClockKind.Dispatch]),
        new(Step.Merge, ClockOp.Void, Everything),
        new(Step.Unmerge, Start, [ClockKind.Dispatch]),

        new(Step.Offer, Start, [ClockKind.Claim]),
        new(Step.Recall, Stop, [ClockKind.Claim]),
        new(Step.Expire, Stop, [ClockKind.Claim]),
        new(Step.Claim, Stop, [ClockKind.Claim, ClockKind.Dispatch]),
        new(Step.Claim, Start, [ClockKind.Contact, ClockKind.Resolve]),

        new(Step.Dispatch, Stop, [ClockKind.Dispatch]),
        new(Step.Dispatch, ClockOp.Void, Handling),
        new(Step.Dispatch, Start, [Sign, ClockKind.Contact, ClockKind.Resolve]),
        new(Step.Sign, Stop, [Sign]),
        new(Step.Return, ClockOp.Void, Handling),
        new(Step.Return, Start, [ClockKind.Dispatch], To: RequestState.Reported),
        new(Step.Return, Start, [Arbitrate], To: RequestState.InArbitration),
        new(Step.Decide, Stop, [Arbitrate]),
        new(Step.Decide, Start, [Sign, ClockKind.Contact, ClockKind.Resolve]),

        new(Step.Contact, Stop, [ClockKind.Contact]),
        new(Step.Pause, ClockOp.Pause, Handling),
        new(Step.Pause, Start, [ClockKind.Pause]),
        new(Step.GrantPause, ClockOp.Pause, Handling),
        new(Step.GrantPause, Start, [ClockKind.Pause]),
        new(Step.Resume, Stop, [ClockKind.Pause]),
        new(Step.Resume, ClockOp.Resume, Handling),

        new(Step.Resolve, ClockOp.Void, [ClockKind.Contact]),
        new(Step.Resolve, Stop, [ClockKind.Resolve, Rectify]),
        new(Step.Resolve, Start, [Verify], When: r => r.NeedsVerification),
        new(Step.Resolve, Start, [ClockKind.Rate], When: r => !r.NeedsVerification),
        new(Step.VerifyPass, Stop, [Verify]),
        new(Step.VerifyPass, ClockOp.Void, [ClockKind.Rate]),
        new(Step.VerifyPass, Start, [ClockKind.Rate]),
        new(Step.VerifyFail, Stop, [Verify]),
        new(Step.VerifyFail, ClockOp.Void, [ClockKind.Rate]),
        new(Step.VerifyFail, Start, [ClockKind.Resolve]),

        new(Step.Rate, Stop, [ClockKind.Rate]),
        new(Step.Rate, ClockOp.Void, [Verify]),
        new(Step.Rate, Start, [Rectify], To: RequestState.InHand),
        new(Step.Lapse, Stop, [ClockKind.Rate], To: RequestState.Closed),
        new(Step.Lapse, ClockOp.Void, [Verify], To: RequestState.Closed),

        new(Step.Reopen, Start, [ClockKind.Resolve], To: RequestState.InHand),
        new(Step.Reopen, Start, [ClockKind.Dispatch], To: RequestState.Reported),
        new(Step.Withdraw, ClockOp.Void, Everything),
    ];

    /// <summary>Clocks that act when they run out, and the step that time takes then.</summary>
    public static readonly IReadOnlyDictionary<ClockKind, Step> RunsOutInto = new Dictionary<ClockKind, Step>
    {
        [ClockKind.Claim] = Step.Expire,
        [ClockKind.Answer] = Step.Lapse,
        [ClockKind.Pause] = Step.Resume,
        [ClockKind.Rate] = Step.Lapse,
    };

    public static IEnumerable<ClockRule> For(Step step, RequestState from, RequestState to, ServiceRequest request) =>
        Rules.Where(r => r.Step == step && (r.From ?? from) == from && (r.To ?? to) == to && r.When?.Invoke(request) != false);
}
