namespace Linli.Kernel;

/// <summary>Something that happened, for whoever listens. Written in the transaction of the change, delivered at least once after it.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>The event's type as registered (its class name).</summary>
    public required string Type { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Names of the handlers that have finished, each in square brackets.</summary>
    public string DoneBy { get; init; } = "";

    public int Attempts { get; set; }

    /// <summary>Not before this time; doubles as the lease of the instance that works on it.</summary>
    public required DateTimeOffset NextAt { get; set; }

    public string? LastError { get; set; }
}

/// <summary>Marks the events that modules publish through <see cref="LinliDb.Publish"/>. Events live in Linli.Contracts.</summary>
public interface IEvent;
