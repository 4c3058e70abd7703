using Linli.Kernel.Privacy;

namespace Linli.Requests;

/// <summary>协办: an organisation that helps the lead, with its share of the responsibility in percent.</summary>
public sealed class CoHandler
{
    public required Guid RequestId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required int SharePercent { get; set; }
}

/// <summary>发布: one organisation or team that the request is offered to.</summary>
public sealed class RequestOffer
{
    public long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required DateTimeOffset OfferedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was claimed, lost, recalled or expired; open until then.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public bool IsClaimed { get; set; }
}

/// <summary>子任务: a piece of the work given to one organisation; all are done before the request is resolved.</summary>
public sealed class RequestTask
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string Title { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public string? Result { get; set; }
}

/// <summary>What is asked for in a <see cref="TimeRequest"/>.</summary>
public enum TimeRequestKind
{
    Extension,
    Pause,
}

/// <summary>用时申请: an extension, or a pause for a reason that needs approval; asked for by the lead, decided by somebody else.</summary>
public sealed class TimeRequest
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }

    public TimeRequestKind Kind { get; init; }

    /// <summary>How much more, or how long at the most, as a budget: "3 working days".</summary>
    public required string Amount { get; init; }
    public required string ReasonCode { get; init; }
    public required string Reason { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public required Guid AskedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public Guid? DecidedBy { get; set; }
    public bool? IsGranted { get; set; }
}

/// <summary>A file with a request: what the reporter sent, or what the handler proves.</summary>
public sealed class RequestPhoto
{
    public required Guid RequestId { get; init; }
    public required Guid EvidenceId { get; init; }

    /// <summary>The step that brought it.</summary>
    public required int EventSequence { get; init; }
    public bool IsFromReporter { get; init; }
}

/// <summary>How to reach the reporter. Personal data: a table of its own, sealed, read through <see cref="Privacy.ContactVault"/> alone.</summary>
public sealed class ReporterContact
{
    public required Guid RequestId { get; init; }
    public SealedText? Name { get; set; }
    public SealedText? Phone { get; set; }
    public SealedText? Email { get; set; }

    /// <summary>Where the reporter lives, where it was given; not the place of the matter.</summary>
    public SealedText? Home { get; set; }

    /// <summary>Any other way to reach them, in their words.</summary>
    public SealedText? Other { get; set; }

    /// <summary>See <see cref="BlindIndex"/>.</summary>
    public string? PhoneIndex { get; set; }
    public string? EmailIndex { get; set; }

    /// <summary>What versions before sealing wrote in the open; emptied by <see cref="Privacy.SealOldRows"/>.</summary>
    public string? OldName { get; set; }
    public string? OldPhone { get; set; }
    public string? OldEmail { get; set; }

    /// <summary>zh-CN or en: the language to write to the reporter in.</summary>
    public string Language { get; init; } = "zh-CN";
}
