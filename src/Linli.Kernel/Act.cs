namespace Linli.Kernel;

/// <summary>What kind of being acts.</summary>
public enum ActorKind
{
    /// <summary>A resident or passer-by, with or without an account.</summary>
    Resident,

    /// <summary>Somebody with an account and an appointment.</summary>
    Staff,

    /// <summary>Linli itself: time, import, start-up.</summary>
    System,

    /// <summary>Another organisation's program, by its key; in the audit log alone. In the life of a request it speaks for residents.</summary>
    Program,
}

/// <summary>
/// Who does what, when and why. Every write to the database carries exactly one.
/// <paramref name="Verb"/> is "module.verb"; <paramref name="Subject"/> is the key of what it is about, never personal data.
/// </summary>
public sealed record Act(ActorKind Actor, Guid ActorId, string Verb, DateTimeOffset At, string? Subject = null, string? Reason = null)
{
    public static Act BySystem(string verb, DateTimeOffset at, string? subject = null) => new(ActorKind.System, Guid.Empty, verb, at, subject);
}
