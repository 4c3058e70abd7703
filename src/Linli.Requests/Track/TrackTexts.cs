using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Shell.Text;

namespace Linli.Requests.Track;

/// <summary>What happens and what comes next, in words for everybody.</summary>
internal static class TrackTexts
{
    public static string NextOf(Texts t, RequestView view) => view.State switch
    {
        RequestState.Reported => t["已经收到，正在看该由谁来办。"],
        RequestState.AwaitingReporter => t["需要您补充一些情况，补充后继续办理。"],
        RequestState.Offered => t["正在邀请愿意帮忙的单位和志愿队接单。"],
        RequestState.Dispatched => t["已经派给{0}，等它签收。", view.Lead!],
        RequestState.InArbitration => t["由谁来办还有分歧，督办员正在裁定。"],
        RequestState.InHand => t["{0}正在办理。", view.Lead!],
        RequestState.Paused => t["暂时挂起，原因写在下面；条件具备后继续办理。"],
        RequestState.Resolved => t["{0}说办好了。请您看看结果，给个评价。", view.Lead!],
        RequestState.Verified => t["已经有人核实过结果。请您给个评价。"],
        RequestState.Closed => t["已经结案。如果没有解决，10 个工作日内可以申请重办。"],
        RequestState.Declined => t["没有受理，原因和可以找谁写在下面。不同意可以申请再看一次。"],
        RequestState.Merged => t["和同一件事合并办理。"],
        RequestState.Withdrawn => t["您已经撤回。"],
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.State, null),
    };

    public static string Of(Texts t, EventView entry) => entry.Step switch
    {
        Step.Report => t["提交了诉求"],
        Step.Ask => t["请提交人补充情况"],
        Step.Answer => t["补充了情况"],
        Step.Decline => t["没有受理"],
        Step.Merge => t["与同一件事合并办理"],
        Step.Unmerge => t["改为单独办理"],
        Step.Dispatch => t["派给承办单位"],
        Step.Offer => t["邀请单位和志愿队接单"],
        Step.Claim => t["有单位接单"],
        Step.Recall or Step.Expire => t["没有单位接单，改为派单"],
        Step.Sign => t["承办单位已签收"],
        Step.Return => t["承办单位说不归它管，重新派单"],
        Step.Decide => t["督办员裁定了承办单位"],
        Step.Contact => t["承办单位联系了提交人"],
        Step.Note => t["补充了情况"],
        Step.Pause or Step.GrantPause => entry.Until is { } until ? t["暂时挂起，最迟 {0:yyyy-MM-dd} 恢复办理", LocalTime.Of(until)] : t["暂时挂起"],
        Step.Resume => t["恢复办理"],
        Step.GrantExtension => entry.Until is { } due ? t["需要更多时间，改为 {0:yyyy-MM-dd HH:mm} 前办结", LocalTime.Of(due)] : t["同意延期"],
        Step.Resolve => t["承办单位说办好了"],
        Step.VerifyPass => t["核实通过"],
        Step.VerifyFail => t["核实没有通过，退回重办"],
        Step.Rate => t["提交人做了评价"],
        Step.Lapse => entry.To == RequestState.Closed ? t["期限内没有评价，结案"] : t["期限内没有补充，按现有情况继续"],
        Step.Reopen => t["申请了重办"],
        Step.Withdraw => t["提交人撤回"],
        Step.Import => t["从原系统导入"],
        Step.Unpublish => t["从公开页面撤下"],
        _ => t[LifeTexts.Of(entry.Step).Key],
    };
}
