using Linli.Kernel.Audit;
using Linli.Requests.Life;
using Linli.Requests.Privacy;

namespace Linli.Requests.Audit;

/// <summary>What is done with requests, in the words of the audit log.</summary>
internal static class RequestVerbs
{
    private static readonly Dictionary<string, string> Looks = Enum.GetValues<PersonalPart>().Select(p => (Code: $"{p}", Unmasking.Of(p).Key))
        .Concat(Enum.GetValues<UnmaskingReason>().Select(r => (Code: $"{r}", Unmasking.Of(r).Key))).ToDictionary(c => c.Code, c => c.Key);

    public static IEnumerable<VerbWords> All { get; } =
    [
        .. from step in Enum.GetValues<Step>() where Of(step) is not null select new VerbWords($"requests.{step}", Of(step)!),
        new("requests.Join", "“我也遇到”，提交了诉求 {0}"),
        new("requests.import", "从别的系统导入了诉求（{0}）"),
        new("requests.keep-partner", "保存了 {0} 的外部系统"),
        new("requests.hand-over", "处理了诉求 {0} 的转交"),
        new("requests.follow-handover", "查看了诉求 {0} 在对方系统的进展"),
        new("requests.decide-handover", "决定了诉求 {0} 怎么转交"),
        new("outbox.BeginHandover", "准备把诉求转给对方的系统（{0}）"),
        new("requests.take-mail", "处理了一封来信（{0}）"),
        new("requests.take-chat", "登记了一条群消息（{0}）"),
        new("requests.add-inbound", "建了接入地址 {0}"),
        new("requests.switch-inbound", "打开或关闭了接入地址 {0}"),
        new("requests.import-catalogue", "导入了事项目录"),
        new("requests.fill-reasons", "升级时补全了原因的限制"),
        new("requests.fill-sectors", "升级时补全了事项的领域"),
        new("requests.use-routing", "换用了推荐模型第 {0} 版"),
        new("requests.train-routing", "训练出推荐模型第 {0} 版"),
        new("requests.reckon-anew", "日历更正后重算了时限 {0}"),
        new("requests.tell-moved-dues", "告知了变动的到期时间"),
        new("requests.clocks-breached", "告知了 {0} 个超时的时限"),
        new("requests.clocks-warned", "提醒了 {0} 个快到期的时限"),
        new("requests.adopt", "把一件诉求记到自己的账号（{0}）"),
        new("outbox.UnlinkResident", "把注销的账号和诉求分开（{0}）"),
        new("privacy.unmask", "查看了诉求 {0} 的个人信息", AuditKind.Read, Looks),
        new("privacy.ask", "申请查看诉求 {0} 的个人信息", Codes: Looks),
        new("privacy.grant", "同意查看诉求 {0} 的个人信息", Codes: Looks),
        new("privacy.refuse", "不同意查看诉求 {0} 的个人信息", Codes: Looks),
        new("privacy.reseal", "用新密钥重新加密了个人信息（{0}）"),
        new("privacy.retire-key", "停用了密钥 {0}"),
        new("privacy.anonymise", "按保存期限删除了诉求 {0} 的内容"),
        new("privacy.delete", "按本人要求删除了诉求 {0} 的内容"),
        new("privacy.remove-contact", "删除了诉求 {0} 的联系方式"),
        new("privacy.correct-contact", "更正了诉求 {0} 的联系方式"),
        new("privacy.ask-deletion", "要求删除诉求 {0} 的内容"),
        new("privacy.keep", "收回了删除诉求 {0} 的要求"),
        new("privacy.hold", "保全了诉求 {0}"),
        new("privacy.ask-lift", "申请解除诉求 {0} 的保全"),
        new("privacy.lift", "解除了诉求 {0} 的保全"),
        new("privacy.refuse-lift", "不同意解除诉求 {0} 的保全"),
        new("outbox.TellThoseConcerned", "通知了有关的人（{0}）"),
        new("outbox.WriteToReporters", "给提交人写了信（{0}）"),
        new("requests.open-data", "生成了 {0} 的开放数据"),
        new("outbox.PushSteps", "给推送事件的系统准备了诉求的进展"),
        new("outbox.PushClocks", "给推送事件的系统准备了时限提醒"),
        new("outbox.TellOfClocks", "就时限通知了有关的人（{0}）"),
        new("outbox.ReckonAnew", "日历更正后重算了时限（{0}）"),
    ];

    private static string? Of(Step step) => step switch
    {
        Step.Report => "提交了诉求 {0}",
        Step.Ask => "请诉求 {0} 的提交人补充",
        Step.Answer => "给诉求 {0} 补充了说明",
        Step.Decline => "对诉求 {0} 不予受理",
        Step.Merge => "把诉求 {0} 并入另一件",
        Step.Unmerge => "取消了诉求 {0} 的并单",
        Step.Retype => "改了诉求 {0} 的事项",
        Step.Relocate => "改了诉求 {0} 的地点",
        Step.Dispatch => "把诉求 {0} 派单",
        Step.Offer => "发布了诉求 {0}，等待接单",
        Step.Claim => "接了诉求 {0}",
        Step.Recall => "收回了诉求 {0} 的发布",
        Step.Expire => "诉求 {0} 的发布到期",
        Step.Sign => "签收了诉求 {0}",
        Step.Return => "退回了诉求 {0}",
        Step.Decide => "裁定了诉求 {0} 由谁办理",
        Step.Contact => "就诉求 {0} 联系了群众",
        Step.Note => "给诉求 {0} 补充了情况",
        Step.Pause => "挂起了诉求 {0}",
        Step.AskPause => "申请挂起诉求 {0}",
        Step.GrantPause => "同意挂起诉求 {0}",
        Step.RefusePause => "不同意挂起诉求 {0}",
        Step.Resume => "恢复办理诉求 {0}",
        Step.Extend => "申请诉求 {0} 延期",
        Step.GrantExtension => "同意诉求 {0} 延期",
        Step.RefuseExtension => "不同意诉求 {0} 延期",
        Step.AddTask => "给诉求 {0} 分派了子任务",
        Step.FinishTask => "完成了诉求 {0} 的子任务",
        Step.Resolve => "办结了诉求 {0}",
        Step.VerifyPass => "核实诉求 {0}：通过",
        Step.VerifyFail => "核实诉求 {0}：不通过",
        Step.Rate => "评价了诉求 {0}",
        Step.Lapse => "诉求 {0} 等待的时间到期",
        Step.Reopen => "重办诉求 {0}",
        Step.Withdraw => "撤回了诉求 {0}",
        Step.Publish => "公开或隐藏了诉求 {0}",
        Step.Unpublish => "把诉求 {0} 从公开页面撤下",
        Step.Import => "导入了诉求 {0}",
        Step.Recuse => "让人回避诉求 {0}",
        Step.Readmit => "解除了诉求 {0} 的回避",
        _ => null,   // a guard test names what is missing
    };
}
