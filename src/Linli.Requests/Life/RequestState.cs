namespace Linli.Requests.Life;

/// <summary>Where a service request stands.</summary>
public enum RequestState
{
    Reported,
    AwaitingReporter,
    Offered,
    Dispatched,
    InArbitration,
    InHand,
    Paused,
    Resolved,
    Verified,
    Closed,
    Declined,
    Merged,
    Withdrawn,
}

internal static class RequestStates
{
    public static readonly RequestState[] Ended = [RequestState.Closed, RequestState.Declined, RequestState.Merged, RequestState.Withdrawn];

    public static bool IsOpen(this RequestState state) => !Ended.Contains(state);
}
