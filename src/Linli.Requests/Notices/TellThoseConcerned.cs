using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>Tells staff whose turn it is after a step. Numbers, service types and organisations only: no word of the reporter's.</summary>
internal sealed class TellThoseConcerned(LinliDb db, Notify notify, ConcernedFilter concerned) : IEventHandler<RequestStepTaken>
{
    public async Task HandleAsync(RequestStepTaken happened, Delivery delivery, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Offers).Include(r => r.CoHandlers).Include(r => r.Tasks)
            .AsSplitQuery().SingleAsync(r => r.Id == happened.RequestId, cancellation);
        var taken = await db.Set<RequestEvent>().AsNoTracking().SingleAsync(e => e.RequestId == request.Id && e.Sequence == happened.Sequence, cancellation);
        if (TextOf(taken) is not { } text)
        {
            return;
        }

        var type = await db.Set<ServiceType>().AsNoTracking().Where(t => t.Code == request.ServiceTypeCode).Select(t => new Named(t.NameZh, t.NameEn)).SingleAsync(cancellation);
        foreach (var (to, key) in text(request))
        {
            await notify.HandleAsync(
                new Notification(await concerned.WithoutAsync(to, request.Concern, cancellation), new NoticeText(key, [request.Number, type, .. StepDetails.UntilOf(taken) is { } until ? [until] : Array.Empty<object>()]), $"/work/requests/{request.Number}",
                    request.Number, request.Number, taken.Actor == ActorKind.Staff ? taken.ActorId : null),
                delivery, cancellation);
        }
    }

    /// <summary>Who is told what after which step; nobody where the step changes nobody's turn.</summary>
    private static Func<ServiceRequest, IEnumerable<(IReadOnlyList<Recipients> To, string Key)>>? TextOf(RequestEvent taken) => (taken.Step, taken.To) switch
    {
        (Step.Report, _) => r => [(Dispatchers(r), "新诉求 {0}（{1}）等待派单。")],
        (Step.Dispatch or Step.Decide, _) => r =>
        [
            (Lead(r), "诉求 {0}（{1}）派给了贵单位，请签收。"),
            ([.. r.CoHandlers.Select(c => Recipients.HandlersOf(c.OrganisationId, r.Matter))], "诉求 {0}（{1}）请贵单位协办。"),
        ],
        (Step.Offer, _) => r => [([.. r.Offers.Where(o => o.EndedAt is null).Select(o => Recipients.HandlersOf(o.OrganisationId, r.Matter))], "诉求 {0}（{1}）正在发布，贵单位可以接单。")],
        (Step.Claim, _) => r =>
        [
            (Dispatchers(r), "诉求 {0}（{1}）已有单位接单。"),
            ([.. r.Offers.Where(o => o.EndedAt == taken.At && !o.IsClaimed).Select(o => Recipients.HandlersOf(o.OrganisationId, r.Matter))], "诉求 {0}（{1}）已被别的单位接走。"),
        ],
        (Step.Expire, _) => r => [(Dispatchers(r), "诉求 {0}（{1}）发布到期，没有单位接单，请重新派单。")],
        (Step.Return, RequestState.Reported) => r => [(Dispatchers(r), "诉求 {0}（{1}）被退回，请重新派单。")],
        (Step.Return, _) => r => [(Supervisors(r), "诉求 {0}（{1}）已经两次退单，等待裁定。")],
        (Step.Answer, RequestState.Reported) => r => [(Dispatchers(r), "诉求 {0}（{1}）的提交人已经补充说明。")],
        (Step.Answer, _) => r => [(Lead(r), "诉求 {0}（{1}）的提交人已经补充说明。")],
        (Step.Lapse, RequestState.Reported) => r => [(Dispatchers(r), "诉求 {0}（{1}）的提交人没有按时补充，请按现有情况处理。")],
        (Step.Lapse, RequestState.InHand or RequestState.Paused) => r => [(Lead(r), "诉求 {0}（{1}）的提交人没有按时补充，请按现有情况处理。")],
        (Step.Extend, _) => r => [(Supervisors(r), "诉求 {0}（{1}）申请延期，等待审批。")],
        (Step.AskPause, _) => r => [(Supervisors(r), "诉求 {0}（{1}）申请挂起，等待审批。")],
        (Step.GrantPause, _) => r => [(Lead(r), "诉求 {0}（{1}）的挂起申请已经同意。")],
        (Step.RefusePause, _) => r => [(Lead(r), "诉求 {0}（{1}）的挂起申请没有同意。")],
        (Step.GrantExtension, _) => r => [(Lead(r), "诉求 {0}（{1}）的延期申请已经同意，改为 {2:yyyy-MM-dd HH:mm} 前办结。")],
        (Step.RefuseExtension, _) => r => [(Lead(r), "诉求 {0}（{1}）的延期申请没有同意。")],
        (Step.AddTask, _) => r => [([Recipients.HandlersOf(taken.OrganisationId!.Value, r.Matter)], "诉求 {0}（{1}）有一个子任务交给贵单位。")],
        (Step.FinishTask, _) => r => [(Lead(r), "诉求 {0}（{1}）有一个子任务已经完成。")],
        (Step.Resume, _) when taken.Actor == ActorKind.System => r => [(Lead(r), "诉求 {0}（{1}）挂起到期，时限继续计算。")],
        (Step.Resolve, _) => r => r.NeedsVerification ? [([Recipients.VerifiersCovering(r.Matter)], "诉求 {0}（{1}）已经办结，等待核实。")] : [],
        (Step.VerifyFail, _) => r => [(Lead(r), "诉求 {0}（{1}）核实没有通过，请重办。")],
        (Step.Rate, RequestState.InHand) => r => [([.. Lead(r), .. Supervisors(r)], "诉求 {0}（{1}）评价为不满意，开始整改。")],
        (Step.Reopen, RequestState.Reported) or (Step.Unmerge, _) or (Step.Recall, _) => r => [(Dispatchers(r), "诉求 {0}（{1}）重新等待派单。")],
        (Step.Reopen, _) => r => [([.. Lead(r), .. Supervisors(r)], "诉求 {0}（{1}）要求重办。")],
        (Step.Withdraw, _) => r => [(Lead(r), "诉求 {0}（{1}）已被提交人撤回。")],
        (Step.Recuse, _) when taken.Actor == ActorKind.System => r => [(Supervisors(r), "诉求 {0}（{1}）的提交人后来反映了单位或工作人员，已让其回避。请看是否要改派。")],
        (Step.Note, _) when taken.Actor == ActorKind.Resident => r => [(r.LeadOrganisationId is null ? Dispatchers(r) : Lead(r), "诉求 {0}（{1}）的提交人补充了情况。")],
        _ => null,
    };

    private static Recipients[] Dispatchers(ServiceRequest r) => [Recipients.DispatchersCovering(r.Matter)];

    private static Recipients[] Supervisors(ServiceRequest r) => [Recipients.SupervisorsCovering(r.Matter)];

    private static Recipients[] Lead(ServiceRequest r) => r.LeadOrganisationId is { } lead ? [Recipients.HandlersOf(lead, r.Matter)] : [];
}
