using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;

namespace Linli.Requests.Ledgers;

/// <summary>What columns of requests need besides the request's own row: it is read for those columns alone.</summary>
[Flags]
internal enum Needs
{
    None = 0,
    Text = 1,
    Answers = 2,
    Clocks = 4,
    Events = 8,
    Contact = 16,
    CoHandlers = 32,
    MergedInto = 64,
}

/// <summary>One request, as far as ledgers show it.</summary>
internal sealed record RequestFact
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public string? Text { get; init; }
    public required string TypeCode { get; init; }
    public string? AreaCode { get; init; }
    public string? Address { get; init; }
    public string? Answers { get; init; }
    public required Channel Channel { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required RequestState State { get; init; }
    public Guid? Lead { get; init; }
    public DateTimeOffset? DispatchedAt { get; init; }
    public DateTimeOffset? ContactedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? RatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? NextDueAt { get; init; }
    public int ReturnCount { get; init; }
    public int ReopenCount { get; init; }
    public int Supporters { get; init; }
    public bool IsPublished { get; init; }
    public Grade? Grade { get; init; }
    public string? ResultCode { get; init; }
    public Guid? MergedIntoId { get; init; }
    public bool IsAnonymised { get; init; }
    public double? Longitude { get; init; }
    public double? Latitude { get; init; }

    public IReadOnlyList<RequestClock> Clocks { get; set; } = [];
    public IReadOnlyList<EventFact> Events { get; set; } = [];
    public IReadOnlyList<Guid> CoHandlers { get; set; } = [];
    public OpenContact? Contact { get; set; }

    /// <summary>Where the reader may know of it.</summary>
    public string? MergedInto { get; set; }

    /// <summary>The last clock of its kind that is still asked for.</summary>
    public RequestClock? Clock(ClockKind kind) => Clocks.Where(c => c.Kind == kind && c.State != ClockState.Void).MaxBy(c => c.StartedAt);

    public EventFact? First(params Step[] steps) => Events.FirstOrDefault(e => steps.Contains(e.Step));

    public EventFact? Last(params Step[] steps) => Events.LastOrDefault(e => steps.Contains(e.Step));
}

internal sealed record EventFact(Guid RequestId, int Sequence, Step Step, DateTimeOffset At, string ActorName, Guid? Organisation, string? Reason, string? Text);
