namespace Linli.Kernel;

/// <summary>One act as it was written, in the same transaction as the change. Append-only.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public required ActorKind Actor { get; init; }
    public required Guid ActorId { get; init; }
    public required string Verb { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Subject { get; init; }
    public string? Reason { get; init; }

    /// <summary>Which tables were touched and how; names only, no values.</summary>
    public required string Changes { get; init; }
}
