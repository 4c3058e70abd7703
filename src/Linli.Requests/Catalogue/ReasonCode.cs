using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>One permitted reason or result of a step.</summary>
public sealed class ReasonCode : IRemembered
{
    public static readonly IReadOnlyList<string> Kinds = ["decline", "return", "ask", "pause", "reopen", "result", "withdraw", "extend"];

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }
    public required string Code { get; init; }
    public required string NameZh { get; set; }
    public required string NameEn { get; set; }

    /// <summary>For refusals: where to go instead.</summary>
    public string? InsteadZh { get; set; }
    public string? InsteadEn { get; set; }

    /// <summary>For pauses: natural days at the most. For extensions: working days at the most.</summary>
    public int? MaxDays { get; set; }

    /// <summary>For questions, pauses and extensions: how often on one clock.</summary>
    public int? MaxTimes { get; set; }

    /// <summary>For pauses: a supervisor has to agree first.</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>For results: counts as solved.</summary>
    public bool IsSolved { get; set; }
    public int Order { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>The code of a clock's standstill while the reporter is asked.</summary>
    public const string Asked = "ask";

    public int MostDays => MaxDays ?? (Kind == "extend" ? 30 : 15);

    public int MostTimes => MaxTimes ?? (Kind == "extend" ? 2 : 3);

    string IRemembered.Stamp => ChangeStamp.Catalogue;
}
