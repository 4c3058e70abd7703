namespace Linli.Requests.Queue;

/// <summary>A queue of the workbench: work that waits for somebody in one role. What stands in nobody's queue would be lost; a test shows there is none.</summary>
public enum QueueKind
{
    /// <summary>待派单: reported, unassigned.</summary>
    Triage,

    /// <summary>待签收, for the lead.</summary>
    ToSign,

    /// <summary>可接单: offered to us.</summary>
    ToClaim,

    /// <summary>办理中, as lead.</summary>
    InHand,

    /// <summary>协办与子任务.</summary>
    Helping,

    /// <summary>待裁定.</summary>
    Arbitration,

    /// <summary>延期、挂起待批.</summary>
    TimeAsked,

    /// <summary>超时督办: open and past a due time.</summary>
    Overdue,

    /// <summary>待核实.</summary>
    ToVerify,

    /// <summary>等群众补充或评价.</summary>
    WithReporter,

    /// <summary>Filed by me.</summary>
    FiledByMe,

    /// <summary>Everything that I may see.</summary>
    All,
}
