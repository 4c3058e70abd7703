using Linli.Kernel;
using Linli.Requests.Queue;

namespace Linli.Requests.Work;

/// <summary>The names of the queues on screen.</summary>
internal static class QueueTexts
{
    public static Word Of(QueueKind queue) => new(queue switch
    {
        QueueKind.Triage => "待派单",
        QueueKind.ToSign => "待签收",
        QueueKind.ToClaim => "可接单",
        QueueKind.InHand => "在办",
        QueueKind.Helping => "协办",
        QueueKind.Arbitration => "待裁定",
        QueueKind.TimeAsked => "延期和挂起待批",
        QueueKind.Overdue => "已超时",
        QueueKind.ToVerify => "待核实",
        QueueKind.WithReporter => "等群众",
        QueueKind.FiledByMe => "我代报的",
        QueueKind.All => "全部",
        _ => throw new ArgumentOutOfRangeException(nameof(queue), queue, null),
    });

    public static string IconOf(QueueKind queue) => queue switch
    {
        QueueKind.Triage => "inbox",
        QueueKind.ToSign => "send",
        QueueKind.ToClaim => "speakerphone",
        QueueKind.Arbitration => "scale",
        QueueKind.Overdue => "alarm",
        QueueKind.ToVerify => "checks",
        _ => "list",
    };
}
