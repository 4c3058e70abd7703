namespace Linli.Requests.Clocks;

/// <summary>A corrected calendar has moved the due time of a clock that was open. Kept for good: what was told before stays true to read.</summary>
public sealed class ClockMove
{
    public long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid ClockId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Before { get; init; }
    public required DateTimeOffset After { get; init; }

    /// <summary>When it had been told as overdue, where the new due time lies in the future again.</summary>
    public DateTimeOffset? BreachWithdrawn { get; init; }

    /// <summary>When those concerned were told.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Which telling took it, so that no second one does.</summary>
    public Guid? Telling { get; init; }
}
