using Linli.Kernel;
using Linli.Requests.Life;

namespace Linli.Requests;

/// <summary>One step as it was taken: who, when, what, why, before and after. Append-only.</summary>
public sealed class RequestEvent
{
    public long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>1, 2, 3 … without gaps; the request's version after the step.</summary>
    public required int Sequence { get; init; }

    public required Step Step { get; init; }
    public required RequestState From { get; init; }
    public required RequestState To { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActorKind Actor { get; init; }
    public required Guid ActorId { get; set; }

    /// <summary>Name as it was then. Shown to staff; the public sees the organisation.</summary>
    public required string ActorName { get; set; }

    /// <summary>The organisation that the step concerns: who was given it, who returned it, who resolved it.</summary>
    public Guid? OrganisationId { get; set; }

    public string? ReasonCode { get; set; }

    /// <summary>Words for the reporter (question, answer, result, reason).</summary>
    public string? Text { get; set; }

    /// <summary>Words among staff; never shown to the reporter or the public.</summary>
    public string? InternalText { get; set; }

    /// <summary>What else changed, before and after, as JSON.</summary>
    public string? Details { get; set; }
}
