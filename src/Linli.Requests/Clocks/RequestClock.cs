using Linli.Kernel.Clocks;

namespace Linli.Requests.Clocks;

/// <summary>What a clock measures (DOMAIN: "Clocks and working time").</summary>
public enum ClockKind
{
    /// <summary>派单: reported → dispatched or claimed; goes on while the request is offered.</summary>
    Dispatch,

    /// <summary>签收: dispatched → signed.</summary>
    Sign,

    /// <summary>联系: dispatched → first contact with the reporter.</summary>
    Contact,

    /// <summary>办结: dispatched → resolved.</summary>
    Resolve,

    /// <summary>核实: resolved → verified.</summary>
    Verify,

    /// <summary>整改: poor grade → resolved again (GB/T 39735: 15 working days).</summary>
    Rectify,

    /// <summary>裁定: in arbitration → decided.</summary>
    Arbitrate,

    /// <summary>接单期: how long an offer stands. Runs out into <c>Expire</c>.</summary>
    Claim,

    /// <summary>答复期: how long a question waits for the reporter. Runs out into <c>Lapse</c>.</summary>
    Answer,

    /// <summary>挂起期: until when a pause is permitted. Runs out into <c>Resume</c>.</summary>
    Pause,

    /// <summary>评价期: how long the reporter may rate. Runs out into <c>Lapse</c>.</summary>
    Rate,
}

public enum ClockState
{
    Running,
    Paused,

    /// <summary>Stopped by what it waited for.</summary>
    Stopped,

    /// <summary>No longer asked for: returned, withdrawn, merged.</summary>
    Void,
}

/// <summary>
/// One measured duration of one request, as a ledger: start, budget, pauses, extensions. <see cref="DueAt"/> is derived from it
/// by <see cref="Timekeeper"/> and never edited.
/// </summary>
public sealed class RequestClock
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }
    public required ClockKind Kind { get; init; }

    /// <summary>As a budget: "5 working days".</summary>
    public required string Budget { get; init; }
    public required DayRule Rule { get; init; }
    public required string CalendarCode { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    public ClockState State { get; internal set; }
    public DateTimeOffset DueAt { get; internal set; }

    /// <summary>The <see cref="WorkCalendar.Mark"/> of the calendar that <see cref="DueAt"/> was derived by.</summary>
    public string CalendarMark { get; internal set; } = "";

    /// <summary>It touches a year whose holidays are not in the calendar yet: it may still move.</summary>
    public bool IsTentative { get; internal set; }

    /// <summary>When three quarters of the time are used.</summary>
    public DateTimeOffset WarnAt { get; internal set; }
    public DateTimeOffset? StoppedAt { get; internal set; }

    /// <summary>When its holder was warned; each once.</summary>
    public DateTimeOffset? WarnedAt { get; internal set; }
    public DateTimeOffset? BreachedAt { get; internal set; }

    public List<ClockEntry> Entries { get; init; } = [];

    public bool IsLate => State is ClockState.Stopped && StoppedAt > DueAt;
}

public enum ClockEntryKind
{
    Pause,
    Extension,
}

/// <summary>One line of a clock's ledger.</summary>
public sealed class ClockEntry
{
    public long Id { get; init; }
    public required Guid ClockId { get; init; }
    public required ClockEntryKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>End of a pause; open while it lasts.</summary>
    public DateTimeOffset? Until { get; internal set; }

    /// <summary>How much an extension adds: "3 working days".</summary>
    public string? Amount { get; init; }
    public required string ReasonCode { get; init; }
    public required Guid By { get; init; }
    public Guid? ApprovedBy { get; init; }
}
