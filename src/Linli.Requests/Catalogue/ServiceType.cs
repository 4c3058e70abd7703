using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Clocks;

namespace Linli.Requests.Catalogue;

/// <summary>How urgent a type is by its nature (DB11/T 2021-2022).</summary>
public enum Urgency
{
    Emergency,
    Utility,
    Ordinary,
}

/// <summary>Whether a type is dispatched to whoever is responsible or offered to those who want to help.</summary>
public enum Handling
{
    Dispatch,
    Offer,
}

public enum EvidenceRule
{
    None,

    /// <summary>A photo or document is required when it is resolved.</summary>
    OnResolve,
}

/// <summary>事项: what can be asked for, with its form, clocks, responsibility, visibility and verification rule. From data/catalogue.</summary>
public sealed class ServiceType : IRemembered
{
    public required string Code { get; init; }
    public required string GroupCode { get; set; }
    public required string NameZh { get; set; }
    public required string NameEn { get; set; }
    public string DescriptionZh { get; set; } = "";
    public string DescriptionEn { get; set; } = "";
    public List<string> Keywords { get; set; } = [];
    public List<string> KeywordsEn { get; set; } = [];
    /// <summary>Its own broad categories where they are not those of its group, see <see cref="ServiceGroup.Sectors"/>; an empty list: none.</summary>
    public List<string>? Sectors { get; set; }
    public Urgency Urgency { get; set; } = Urgency.Ordinary;
    public Visibility Visibility { get; set; }
    public bool AllowsAnonymous { get; set; } = true;
    public bool IsContactRequired { get; set; }
    public bool IsSensitive { get; set; }
    public Handling Handling { get; set; }
    public EvidenceRule Evidence { get; set; }

    /// <summary>Every resolved request is verified; otherwise a share of them, drawn by <see cref="Checking.VerificationSample"/>.</summary>
    public bool VerifiesEvery { get; set; }

    /// <summary>0 to 1.</summary>
    public double VerificationShare { get; set; }

    /// <summary>Null: that of the organisation that has it in hand, else the county's.</summary>
    public string? CalendarCode { get; set; }
    public DayRule Rule { get; set; }

    /// <summary>Clock kind (camelCase) to budget; <c>return</c> is the return window.</summary>
    public Dictionary<string, string> Budgets { get; set; } = [];

    public List<FormField> Fields { get; set; } = [];
    public int RetentionMonths { get; set; } = 24;
    public string? Source { get; set; }
    public int Order { get; set; }
    public bool IsActive { get; set; } = true;

    string IRemembered.Stamp => ChangeStamp.Catalogue;

    public Budget ReturnWindow => BudgetOf("return", "1 working days");

    public Budget BudgetOf(ClockKind kind) => kind switch
    {
        ClockKind.Dispatch => BudgetOf("dispatch", Urgency switch { Urgency.Emergency => "1 hours", Urgency.Utility => "2 hours", _ => "24 hours" }),
        ClockKind.Sign => BudgetOf("sign", "1 working days"),
        ClockKind.Contact => BudgetOf("contact", "1 working days"),
        ClockKind.Resolve => BudgetOf("resolve", Urgency switch { Urgency.Emergency => "2 hours", Urgency.Utility => "24 hours", _ => "7 natural days" }),
        ClockKind.Verify => BudgetOf("verify", "3 working days"),
        ClockKind.Rectify => BudgetOf("rectify", "15 working days"),
        ClockKind.Arbitrate => BudgetOf("arbitrate", "2 working days"),
        ClockKind.Claim => BudgetOf("claim", "24 hours"),
        ClockKind.Answer => BudgetOf("answer", "7 natural days"),
        ClockKind.Pause => BudgetOf("pause", "15 natural days"),
        ClockKind.Rate => BudgetOf("rate", "7 natural days"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private Budget BudgetOf(string kind, string fallback) => Budget.Parse(Budgets.GetValueOrDefault(kind, fallback)).Value;
}

/// <summary>Kinds of form field.</summary>
public enum FieldType
{
    Text,
    LongText,
    Number,
    Date,
    Choice,
    Choices,
    YesNo,

    /// <summary>A person's identity number (GB 11643): checked, sealed, shown masked.</summary>
    IdNumber,
}

/// <summary>One question that a service type asks.</summary>
public sealed record FormField(
    string Code, string LabelZh, string LabelEn, FieldType Type, bool Required = false, string? HintZh = null, string? HintEn = null,
    IReadOnlyList<FieldOption>? Options = null, double? Min = null, double? Max = null);

public sealed record FieldOption(string Code, string Zh, string En);
