using Linli.Kernel;
using Linli.Kernel.People;

namespace Linli.Requests.Privacy;

/// <summary>What of a request's personal data is asked for; one at a time.</summary>
public enum PersonalPart
{
    /// <summary>Name, telephone, e-mail, home address and other ways to reach the reporter.</summary>
    Contact,

    /// <summary>Numbers in texts and answers, identity numbers among them.</summary>
    Words,
}

/// <summary>Why somebody looks; with words of their own.</summary>
public enum UnmaskingReason
{
    ReachReporter,
    Visit,
    CheckIdentity,
    Supervise,
    Inspect,
    Other,
}

/// <summary>查看原文: somebody asked to read personal data of one request, why, and who allowed it. The register of who looked.</summary>
public sealed class Unmasking
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }
    public required PersonalPart Part { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>In which capacity, and for which organisation; shown to the person concerned in place of a name.</summary>
    public required Role Role { get; init; }
    public Guid? OrganisationId { get; init; }
    public required UnmaskingReason ReasonCode { get; init; }
    public required string Reason { get; set; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was allowed or refused; at once for those who have the request in hand.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>The second person; null where none was needed.</summary>
    public Guid? DecidedBy { get; set; }
    public bool IsGranted { get; set; }
    public string? DecisionReason { get; set; }

    /// <summary>Until when it may be looked at; while it waits, until when it can be decided.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public bool IsOpenAt(DateTimeOffset now) => IsGranted && now < ExpiresAt;

    public static Word Of(PersonalPart part) => new(part switch
    {
        PersonalPart.Contact => "联系方式",
        PersonalPart.Words => "内容里的号码",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    });

    public static Word Of(UnmaskingReason reason) => new(reason switch
    {
        UnmaskingReason.ReachReporter => "联系提交人",
        UnmaskingReason.Visit => "上门办理",
        UnmaskingReason.CheckIdentity => "核对身份",
        UnmaskingReason.Supervise => "督办核查",
        UnmaskingReason.Inspect => "审计检查",
        UnmaskingReason.Other => "其他",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    });
}
