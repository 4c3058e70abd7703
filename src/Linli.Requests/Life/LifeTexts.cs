using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Clocks;

namespace Linli.Requests.Life;

/// <summary>The words of the life on screen (GLOSSARY). Chinese, keys of their English text.</summary>
public static class LifeTexts
{
    public static Word Of(RequestState state) => new(state switch
    {
        RequestState.Reported => "待派单",
        RequestState.AwaitingReporter => "待群众补充",
        RequestState.Offered => "待接单",
        RequestState.Dispatched => "待签收",
        RequestState.InArbitration => "待裁定",
        RequestState.InHand => "办理中",
        RequestState.Paused => "已挂起",
        RequestState.Resolved => "已办结",
        RequestState.Verified => "已核实",
        RequestState.Closed => "已结案",
        RequestState.Declined => "不予受理",
        RequestState.Merged => "已并单",
        RequestState.Withdrawn => "已撤回",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    });

    public static Word Of(Step step) => new(step switch
    {
        Step.Report => "提交",
        Step.Ask => "请群众补充",
        Step.Answer => "补充说明",
        Step.Decline => "不予受理",
        Step.Merge => "并单",
        Step.Unmerge => "取消并单",
        Step.Retype => "改事项",
        Step.Relocate => "改地点",
        Step.Dispatch => "派单",
        Step.Offer => "发布",
        Step.Claim => "接单",
        Step.Recall => "收回发布",
        Step.Expire => "发布到期",
        Step.Sign => "签收",
        Step.Return => "退单",
        Step.Decide => "裁定",
        Step.Contact => "联系群众",
        Step.Note => "补充情况",
        Step.Pause => "挂起",
        Step.AskPause => "申请挂起",
        Step.GrantPause => "同意挂起",
        Step.RefusePause => "不同意挂起",
        Step.Resume => "恢复",
        Step.Extend => "申请延期",
        Step.GrantExtension => "同意延期",
        Step.RefuseExtension => "不同意延期",
        Step.AddTask => "分派子任务",
        Step.FinishTask => "完成子任务",
        Step.Resolve => "办结",
        Step.VerifyPass => "核实通过",
        Step.VerifyFail => "核实不通过",
        Step.Rate => "评价",
        Step.Lapse => "到期",
        Step.Reopen => "重办",
        Step.Withdraw => "撤回",
        Step.Publish => "公开",
        Step.Unpublish => "撤下公开",
        Step.Recuse => "回避",
        Step.Readmit => "解除回避",
        Step.Import => "导入",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    });

    /// <summary>Every party in the flags, for "this is done by …".</summary>
    public static IReadOnlyList<Word> Of(Party parties) =>
    [
        .. Names.Where(n => parties.HasFlag(n.Party)).Select(n => new Word(n.Text)),
    ];

    public static Word Of(ClockKind kind) => new(kind switch
    {
        ClockKind.Dispatch => "派单时限",
        ClockKind.Sign => "签收时限",
        ClockKind.Contact => "联系时限",
        ClockKind.Resolve => "办结时限",
        ClockKind.Verify => "核实时限",
        ClockKind.Rectify => "整改时限",
        ClockKind.Arbitrate => "裁定时限",
        ClockKind.Claim => "接单期",
        ClockKind.Answer => "补充期",
        ClockKind.Pause => "挂起期",
        ClockKind.Rate => "评价期",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    });

    /// <summary>Somebody whose name is not told.</summary>
    public static Word Of(ActorKind kind) => new(kind == ActorKind.System ? Actor.System.Name : Actor.Anonymous.Name);

    public static Word Of(Grade grade) => new(grade switch
    {
        Grade.VerySatisfied => "非常满意",
        Grade.Satisfied => "满意",
        Grade.BasicallySatisfied => "基本满意",
        Grade.Dissatisfied => "不满意",
        Grade.VeryDissatisfied => "非常不满意",
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, null),
    });

    public static Word Of(Channel channel) => new(channel switch
    {
        Channel.Web => "网页",
        Channel.Phone => "电话",
        Channel.GridWorker => "网格员代报",
        Channel.Api => "接口",
        Channel.Import => "导入",
        Channel.Mail => "邮件",
        Channel.Chat => "群消息",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    });

    private static readonly (Party Party, string Text)[] Names =
    [
        (Party.Reporter, "提交人"), (Party.Dispatcher, "派单员"), (Party.Lead, "它的主办单位"), (Party.CoHandler, "它的协办单位"),
        (Party.Invitee, "受邀的单位"), (Party.Supervisor, "督办员"), (Party.Verifier, "回访员"), (Party.GridWorker, "网格员"), (Party.Time, "系统"),
    ];
}
