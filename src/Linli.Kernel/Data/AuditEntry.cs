using Linli.Kernel.Audit;

namespace Linli.Kernel;

/// <summary>One act as it was written, in the same transaction as the change. Append-only: triggers refuse anything else.</summary>
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

    /// <summary>Says that a Linli with the store's key wrote this; absent in entries from before there was one.</summary>
    public byte[]? Mac { get; private set; }

    /// <param name="key">Null at design time alone.</param>
    internal static AuditEntry Of(Act act, string changes, AuditKey? key)
    {
        // To the microsecond, and without what an engine keeps otherwise than it was written: the entry has to read back as it was vouched for.
        var at = act.At.ToUniversalTime();
        var entry = new AuditEntry
        {
            Actor = act.Actor, ActorId = act.ActorId, Verb = Kept(act.Verb)!, At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)),
            Subject = Kept(act.Subject), Reason = Kept(act.Reason), Changes = changes,
        };
        entry.Mac = key?.MacOf(new AuditFields(entry.Actor.ToString(), entry.ActorId, entry.Verb, entry.At.Ticks, entry.Subject, entry.Reason, entry.Changes));
        return entry;
    }

    /// <summary>U+0000 and halves of characters become a mark, on both engines alike.</summary>
    private static string? Kept(string? text) =>
        text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
